"""The yardstick served like the house: its server and its database, one view, nothing around it but
what a library insists on being asked."""

from keti import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
ROOT_URLCONF = "bench.bare"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
