"""The rules of intake, pure: the window, what an application holds, how a roster is read."""
