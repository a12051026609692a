import sqlalchemy as sa
from shop.base import Base, Identified
from shop.people import Address
from sqlalchemy import orm


class Order(Identified, Base):
    __tablename__ = "orders"

    customer_id = sa.Column(sa.ForeignKey("customers.id"))
    customer = orm.relationship("Customer", backref="orders")
    billed_to_id = sa.Column(sa.ForeignKey("addresses.id"))
    sent_to_id = sa.Column(sa.ForeignKey("addresses.id"))
    billed_to = orm.relationship(Address, foreign_keys=billed_to_id)
    sent_to = orm.relationship(
        Address,
        backref=orm.backref("orders_sent", viewonly=True),
        foreign_keys=[sent_to_id],
    )


class Line(Identified, Base):
    __tablename__ = "lines"

    order_id = sa.Column(sa.ForeignKey("orders.id"))
    order = orm.relationship(
        Order,
        load_on_pending=True,
        backref=orm.backref("lines", lazy="joined", cascade="delete"),
    )


class Bill(Identified, Base):
    __tablename__ = "bills"

    order_id = sa.Column(sa.ForeignKey("orders.id"))
    order = orm.relationship(
        Order, backref=orm.backref("bill", lazy="joined", uselist=False)
    )
