-- runs at every start, so it changes nothing that is there already

create table if not exists orders (
  order_number bigint generated always as identity primary key,
  id varchar(64) not null unique,
  customer varchar(100) not null,
  item varchar(100) not null,
  quantity int not null,
  amount_cents bigint not null,
  settled boolean default false not null
);

-- workers look here for an order that waits
create index if not exists orders_by_age on orders (settled, order_number);

-- the primary key makes sure that no order is settled twice
create table if not exists settlements (
  order_number bigint primary key references orders,
  amount_cents bigint not null
);
