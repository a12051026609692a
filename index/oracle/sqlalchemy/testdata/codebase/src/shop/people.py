from notinstalled.columns import EmailType
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import backref, relationship

from .base import Base, Identified

customer_groups = Table(
    "customer_groups",
    Base.metadata,
    Column("customer_id", ForeignKey("customers.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
)


class Group(Identified, Base):
    __tablename__ = "groups"

    name = Column(String(80))
    parent_id = Column(Integer, ForeignKey("groups.id"))
    children = relationship(
        "Group", backref=backref("parent", remote_side="Group.id")
    )


class Customer(Identified, Base):
    __tablename__ = "customers"

    email = Column(EmailType(200))
    groups = relationship(
        "Group",
        secondary=customer_groups,
        backref=backref("customers", lazy="dynamic"),
    )


class Address(Identified, Base):
    __tablename__ = "addresses"

    street = Column(String(80))
    customer_id = Column(ForeignKey("customers.id", ondelete="CASCADE"))
    customer = relationship(
        Customer,
        backref=backref(
            "addresses",
            cascade="all, delete-orphan",
            order_by=street,
            passive_deletes=True,
        ),
    )
