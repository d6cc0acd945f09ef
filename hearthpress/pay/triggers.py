"""Which rows of pay the database itself keeps from being changed (see `ledger.triggers`)."""

from hearthpress.ledger.triggers import Final

FIRST = (
    Final("pay_monthclose", unique=(("year_month", "currency"),)),
    Final("pay_accrual", unique=(("agreement_id", "month"), ("transfer_id",))),
    Final("pay_statement", unique=(("key",), ("writer_id", "month", "currency"))),
    Final("pay_payout", unique=(("reference",), ("transfer_id",), ("batch_id", "writer_id"))),
    # Only the state of a batch moves.
    Final(
        "pay_payoutbatch",
        unique=(("key",),),
        columns=("id", "key", "currency", "file", "file_sha256", "made_by_id", "made_at"),
    ),
)
KILL_FEES = (Final("pay_killfee", unique=(("agreement_id",), ("transfer_id",))),)
PAY = (*FIRST, *KILL_FEES)
