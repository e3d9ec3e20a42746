-- Devices number their events themselves, so an id tells apart the events of one device only.
alter table event.log drop constraint log_pkey;
alter table event.log add primary key (time, community, device, id);
