from allauth.account import views as account
from django.urls import include, path

from hearthpress.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", views.sign_in, name="account_request_login_code"),
    path("sign-in/code/", views.enter_code, name="account_confirm_login_code"),
    path("sign-in/letter/", views.code_letter, name="code_letter"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", views.profile, name="profile"),
    path("account/fragment/", views.fragment, name="fragment"),
    path("account/home/", views.home, name="home"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("hearthpress.people.second_factor")),
]
