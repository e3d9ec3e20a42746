package gatehouse.api.accesslog;

import gatehouse.api.consumer.RecordException;
import gatehouse.api.consumer.RecordSink;
import gatehouse.api.store.Transaction;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stores every event once; it is named by community, device, time and the device's own id. The rows
 * go by COPY into a table of the transaction's own and from there into the day's partition; an
 * event that is there already stays as it is.
 */
@Component
public final class EventIntake implements RecordSink {

  @Override
  public void write(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records)
      throws RecordException {
    CopyText rows = new CopyText();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte @Nullable [] value = record.value();
      if (value != null) {
        EventRow.append(rows, decode(value), new String(value, StandardCharsets.UTF_8));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    tx.execute(
        """
        create temporary table if not exists arriving
          (like event.log, place_change text, opened_by uuid, status text, firmware text,
            clock_offset_millis double precision, sensor text, value double precision, unit text,
            alarm boolean) on commit delete rows
        """);
    try {
      tx.copy("copy arriving from stdin", new StringReader(rows.text()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
    // What was there before does not count again, neither as an event nor for the rate.
    tx.execute(
        """
        with stored as (
          insert into event.log
          select distinct on (time, community, device, id) time, community, id, received_at, place, device,
            kind, passage, subject_type, subject, direction, outcome, reason, buffered, detail
          from arriving
          order by time, community, device, id
          on conflict do nothing
          returning community, device, time, passage
        ), hours as (
          insert into event.device_hour as h (community, device, hour, messages, reads)
          select community, device, date_trunc('hour', time), count(*),
            count(*) filter (where passage)
          from stored group by 1, 2, 3
          on conflict (community, device, hour) do update
            set messages = h.messages + excluded.messages, reads = h.reads + excluded.reads
        )
        insert into event.rate as r
        select community, date_bin('10 seconds', now(), timestamptz '2000-01-01'), count(*)
        from stored group by community
        on conflict (community, bucket) do update set events = r.events + excluded.events
        """);
    updateDoors(tx);
    updateDevices(tx);
    tellHosts(tx);
    reconcileCommands(tx);
    tx.execute("delete from event.rate where bucket < now() - interval '1 hour'");
  }

  /** What doors show: the newest by event time, whatever the order of arrival. */
  private static void updateDoors(Transaction tx) {
    tx.execute(
        """
        insert into site.door_position as p
        select distinct on (community, place) community, place, place_change, time
        from arriving where place_change is not null
        order by community, place, time desc, place_change
        on conflict (community, place) do update set position = excluded.position, at = excluded.at
        where p.at <= excluded.at
        """);
    tx.execute(
        """
        insert into site.device_seen as s
        select a.community, a.device, max(a.received_at)
        from arriving a join site.device d on d.community = a.community and d.id = a.device
        group by a.community, a.device
        on conflict (community, device) do update set at = excluded.at
        where s.at < excluded.at
        """);
  }

  /** What devices say of themselves, and what sensors last measured. */
  private static void updateDevices(Transaction tx) {
    tx.execute(
        """
        insert into site.device_status as s
        select distinct on (community, device) community, device, status, firmware,
          clock_offset_millis, time
        from arriving where status is not null
        order by community, device, time desc, id
        on conflict (community, device) do update set state = excluded.state,
          firmware = coalesce(nullif(excluded.firmware, ''), s.firmware),
          clock_offset_millis = excluded.clock_offset_millis, at = excluded.at
        where s.at <= excluded.at
        """);
    tx.execute(
        """
        insert into site.sensor_state as s
        select distinct on (community, device, sensor) community, device, sensor, value, unit,
          alarm, time
        from arriving where sensor is not null
        order by community, device, sensor, time desc, id
        on conflict (community, device, kind) do update set value = excluded.value,
          unit = excluded.unit, alarm = excluded.alarm, at = excluded.at
        where s.at <= excluded.at
        """);
  }

  /** A host is told of each guest who came in by a pass (访客到访提醒). */
  private static void tellHosts(Transaction tx) {
    tx.execute(
        """
        insert into resident.notice (community, person, kind, about, at)
        select distinct on (a.community, a.id) a.community, p.detail ->> 'host', 'GUEST_ARRIVED',
          p.thing || '@' || a.id, a.time
        from arriving a
        join site.registry_entry p
          on p.community = a.community and p.kind = 'visitor-pass' and p.thing = a.subject
        where a.passage and a.subject_type = 'credential' and a.outcome = 'GRANTED'
          and not exists (
            select from property.pass q where q.community = a.community and q.pass = a.subject)
        order by a.community, a.id, p.recorded_at desc
        on conflict do nothing
        """);
  }

  /** A command of unknown end that the door's own log shows carried out (trust.md F28). */
  private static void reconcileCommands(Transaction tx) {
    tx.execute(
        """
        with proved as (
          update door.command c set reason = 'OPENED_BY_DOOR_LOG'
          from arriving a
          where c.id = a.opened_by and c.community = a.community and c.door = a.device
            and c.state = 'UNKNOWN' and c.reason is distinct from 'OPENED_BY_DOOR_LOG'
          returning c.id, c.community, c.door
        )
        insert into audit.entry (chain, who, role, address, action, object, outcome, reason)
        select community, door, 'DEVICE', '', 'door.open.reconciled', door || ' ' || id, 'UNKNOWN',
          'OPENED_BY_DOOR_LOG'
        from proved
        order by community, id
        """);
  }

  private static DeviceEvent decode(byte[] json) throws RecordException {
    try {
      Fact fact = FactCodec.decode(json);
      if (fact instanceof DeviceEvent event) {
        return event;
      }
      throw new RecordException("not a device event");
    } catch (WireException e) {
      throw new RecordException(String.valueOf(e.getMessage()));
    }
  }
}
