from django.urls import URLPattern, path, register_converter

from hearthpress.books.views import months, payouts, transfers
from hearthpress.pay.months import Month

app_name = "books"


class MonthConverter:
    """ "2026-09" in an address is the month itself; what is no month is no page."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        return str(value)


register_converter(MonthConverter, "month")

urlpatterns: list[URLPattern] = [
    path("", months.home, name="home"),
    path("verification/", months.verification, name="verification"),
    path("<month:month>/", months.month, name="month"),
    path("<month:month>/closing/", months.closing, name="closing"),
    path("statements/<slug:key>/", months.statement, name="statement"),
    path("payouts/", payouts.payouts, name="payouts"),
    path("payouts/<slug:key>/", payouts.batch, name="batch"),
    path("payouts/<slug:key>/file/", payouts.batch_file, name="batch_file"),
    path("payouts/<slug:key>/payment/", payouts.payment, name="batch_payment"),
    path("payouts/<slug:key>/cancellation/", payouts.cancellation, name="batch_cancellation"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/file/", transfers.transfer_file, name="transfer_file"),
]
