from notinstalled.models import Audited
from notinstalled.settings import config
from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.orm import declarative_base

engine = create_engine(config("DATABASE", default=None))


class Identified(Audited):
    id = Column(Integer, primary_key=True)


Base = declarative_base()
