"""The forms of intake: the applicant's, and the secretariat's."""
