import abc
from enum import Enum

from notinstalled.models import Versioned
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import backref, registry, relationship

Key = ForeignKey
related = relationship

depot = registry()
DepotBase = depot.generate_base()


class Shelf(DepotBase):
    __table__ = Table(
        "shelves",
        DepotBase.metadata,
        Column("id", Integer, primary_key=True),
        Column("room_id", Key("rooms.id")),
    )

    room = related("Room", backref="shelves")


class Room(Versioned, DepotBase):
    __tablename__ = "rooms"

    id = Column(Integer, primary_key=True)
    storey = Column(Integer)


class Stored(DepotBase):
    __tablename__ = "stored"

    shelf_id = Column(ForeignKey("shelves.id"), primary_key=True)
    article_id = Column(ForeignKey("articles.id"), primary_key=True)


stored_articles = Stored.__table__


class Article(DepotBase):
    __tablename__ = "articles"

    id = Column(Integer, primary_key=True)
    storey = Column(Integer)
    shelves = relationship(
        Shelf, secondary=stored_articles, backref=backref("articles")
    )
    neighbouring_rooms = relationship(
        Room,
        primaryjoin="and_(foreign(Article.storey) == Room.storey, "
        "Room.id != 0)",
        backref=backref("articles_on_the_storey", order_by=id),
        viewonly=True,
        uselist=True,
    )


class Movement(abc.ABC):
    pass


class State(str, Enum):
    STORED = "stored"
    SOLD = "sold"


class UnknownShelf(KeyError):
    pass
