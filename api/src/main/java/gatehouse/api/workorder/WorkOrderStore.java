package gatehouse.api.workorder;

import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Work orders in the database. */
@Component
final class WorkOrderStore {

  private static final int MOST = 500;

  /** A step of a work order's history. */
  record Step(int version, Instant at, String who, WorkOrder.State state, String note) {}

  /**
   * Which orders.
   *
   * @param handsOf only those of this user and those of nobody; null: everybody's
   */
  record Filter(
      @Nullable String community,
      @Nullable List<String> states,
      @Nullable String assignee,
      @Nullable String handsOf) {}

  /** The next to be due first, at most 500. */
  List<WorkOrder> list(Transaction tx, Filter filter) {
    return tx.query(
            """
            select * from property.work_order
            where (:community::text is null or community = :community)
              and (:states::text[] is null or state = any (:states))
              and (:assignee::text is null or assignee = :assignee)
              and (:hands::text is null or assignee is null or assignee = :hands)
            order by due nulls last, created_at, id limit :most
            """)
        .bind("community", filter.community())
        .bind("states", filter.states() == null ? null : filter.states().toArray(String[]::new))
        .bind("assignee", filter.assignee())
        .bind("hands", filter.handsOf())
        .bind("most", MOST)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<WorkOrder> find(Transaction tx, UUID id) {
    return tx.query("select * from property.work_order where id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The steps, in their order. */
  List<Step> history(Transaction tx, UUID id) {
    return tx.query(
            "select * from property.work_order_step where work_order = :id order by version")
        .bind("id", id)
        .map(
            (row, context) ->
                new Step(
                    row.getInt("version"),
                    row.getTimestamp("at").toInstant(),
                    row.getString("who"),
                    WorkOrder.State.valueOf(row.getString("state")),
                    row.getString("note")))
        .list();
  }

  /** Writes a new order down; false if the id is taken. */
  boolean add(Transaction tx, WorkOrder order) {
    return tx.update(
                """
                insert into property.work_order (id, community, version, kind, state, title, place,
                  device, alert, assignee, due, silence, created_by, created_at, changed_at)
                values (:id, :community, :version, :kind, :state, :title, :place, :device, :alert,
                  :assignee, :due, :silence, :createdBy, :changedAt, :changedAt)
                on conflict do nothing
                """)
            .bind("id", order.id())
            .bind("community", order.community())
            .bind("version", order.version())
            .bind("kind", order.kind().name())
            .bind("state", order.state().name())
            .bind("title", order.title())
            .bind("place", order.place())
            .bind("device", order.device())
            .bind("alert", order.alert())
            .bind("assignee", order.assignee())
            .bind("due", order.due())
            .bind("silence", order.silence())
            .bind("createdBy", order.createdBy())
            .bind("changedAt", order.changedAt())
            .execute()
        == 1;
  }

  /** Changes an order if it still is in the version before; false if it is not. */
  boolean change(Transaction tx, WorkOrder order) {
    return tx.update(
                """
                update property.work_order set version = :version, kind = :kind, state = :state,
                  title = :title, place = :place, device = :device, assignee = :assignee,
                  due = :due, silence = :silence, changed_at = :changedAt
                where id = :id and version = :version - 1
                """)
            .bind("id", order.id())
            .bind("version", order.version())
            .bind("kind", order.kind().name())
            .bind("state", order.state().name())
            .bind("title", order.title())
            .bind("place", order.place())
            .bind("device", order.device())
            .bind("assignee", order.assignee())
            .bind("due", order.due())
            .bind("silence", order.silence())
            .bind("changedAt", order.changedAt())
            .execute()
        == 1;
  }

  void addStep(Transaction tx, WorkOrder order, String who, String note) {
    tx.update(
            """
            insert into property.work_order_step (work_order, version, community, at, who, state,
              note)
            values (:id, :version, :community, :at, :who, :state, :note)
            """)
        .bind("id", order.id())
        .bind("version", order.version())
        .bind("community", order.community())
        .bind("at", order.changedAt())
        .bind("who", who)
        .bind("state", order.state().name())
        .bind("note", note)
        .execute();
  }

  /** Whether somebody of the property works in the community under this name. */
  boolean isStaff(Transaction tx, String community, String username) {
    return tx.query(
            """
            select exists (
              select from identity.account a join identity.community_grant g on g.account = a.id
              where a.username = :username and a.role = 'PROPERTY' and a.enabled
                and g.community in (:community, '*'))
            """)
        .bind("username", username)
        .bind("community", community)
        .mapTo(Boolean.class)
        .one();
  }

  /** Whether the account of the transaction sees the alert in the community. */
  boolean isAlert(Transaction tx, String community, UUID alert) {
    return tx.query(
            "select exists (select from alert.alert where id = :id and community = :community)")
        .bind("id", alert)
        .bind("community", community)
        .mapTo(Boolean.class)
        .one();
  }

  /** Whether it is a maintenance window of the community. */
  boolean isMaintenance(Transaction tx, String community, UUID silence) {
    return tx.query(
            """
            select exists (
              select from notification.silence
              where id = :id and community = :community and kind = 'MAINTENANCE')
            """)
        .bind("id", silence)
        .bind("community", community)
        .mapTo(Boolean.class)
        .one();
  }

  /** Ends a maintenance window now; true if it had not ended. */
  boolean endMaintenance(Transaction tx, UUID silence, String by, Instant now) {
    return tx.update(
                """
                update notification.silence set ended_by = :by, ended_at = :now
                where id = :id and least(ends, ended_at) > :now
                """)
            .bind("by", by)
            .bind("now", now)
            .bind("id", silence)
            .execute()
        == 1;
  }

  private static WorkOrder read(ResultSet row) throws SQLException {
    Timestamp due = row.getTimestamp("due");
    return new WorkOrder(
        row.getObject("id", UUID.class),
        row.getString("community"),
        row.getInt("version"),
        WorkOrder.Kind.valueOf(row.getString("kind")),
        WorkOrder.State.valueOf(row.getString("state")),
        row.getString("title"),
        row.getString("place"),
        row.getString("device"),
        row.getObject("alert", UUID.class),
        row.getString("assignee"),
        due == null ? null : due.toInstant(),
        row.getObject("silence", UUID.class),
        row.getString("created_by"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("changed_at").toInstant());
  }
}
