package gatehouse.api.door;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lockdowns (封控): hold doors closed to remote opening. Leaving a building never depends on them.
 */
@RestController
@RequestMapping("/api/v1/lockdowns/{level}/{id}")
class LockdownRoutes {

  private final Store store;
  private final DoorStore doors;
  private final AuditLog audit;
  private final Clock clock;

  LockdownRoutes(@Qualifier("doors") Store store, DoorStore doors, AuditLog audit, Clock clock) {
    this.store = store;
    this.doors = doors;
    this.audit = audit;
    this.clock = clock;
  }

  /** Why doors are held closed. */
  record Why(@Nullable String reason) {}

  private record Target(LockdownLevel level, @Nullable String community, @Nullable String door) {

    String chain() {
      return community == null ? AuditLog.ORGANISATION : community;
    }

    String text() {
      return level.name().toLowerCase(Locale.ROOT)
          + (community == null ? "" : " " + community)
          + (door == null ? "" : " " + door);
    }
  }

  /** Sets a lockdown; one that is there already stays as it is. */
  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(
      @PathVariable String level,
      @PathVariable String id,
      @RequestBody Why why,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String reason = Inputs.text("reason", why.reason());
    if (reason == null) {
      throw Refusal.badValue("reason");
    }
    store.run(
        account.scope(),
        tx -> {
          Target target = target(tx, account, level, id);
          int set =
              tx.update(
                      """
                      insert into door.lockdown
                        (level, community, door, reason, set_by, set_by_role)
                      values (:level, :community, :door, :reason, :by, :role)
                      on conflict do nothing
                      """)
                  .bind("level", target.level().name())
                  .bind("community", target.community())
                  .bind("door", target.door())
                  .bind("reason", reason)
                  .bind("by", account.username())
                  .bind("role", account.role().name())
                  .execute();
          record(
              tx,
              account,
              request,
              target,
              "lockdown.set",
              set == 1 ? "DONE" : "AS_BEFORE",
              reason);
        });
  }

  /** Lifts a lockdown; none there is as good. */
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void lift(
      @PathVariable String level,
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    store.run(
        account.scope(),
        tx -> {
          Target target = target(tx, account, level, id);
          if (account.role() != Role.POLICE && setByPolice(tx, target)) {
            throw Refusal.of(HttpStatus.FORBIDDEN, "lockdown-by-police");
          }
          int lifted =
              tx.update(
                      """
                      update door.lockdown set lifted_by = :by, lifted_at = :now
                      where lifted_at is null and level = :level
                        and community is not distinct from :community::text
                        and door is not distinct from :door::text
                      """)
                  .bind("by", account.username())
                  .bind("now", clock.instant())
                  .bind("level", target.level().name())
                  .bind("community", target.community())
                  .bind("door", target.door())
                  .execute();
          record(
              tx,
              account,
              request,
              target,
              "lockdown.lift",
              lifted == 1 ? "DONE" : "AS_BEFORE",
              "");
        });
  }

  private Target target(Transaction tx, Account account, String level, String id) {
    switch (level) {
      case "organisation" -> {
        if (!id.equals("all")) {
          throw Refusal.notFound();
        }
        if (account.role() != Role.POLICE) {
          throw Refusal.of(HttpStatus.FORBIDDEN, "lockdown-organisation");
        }
        return new Target(LockdownLevel.ORGANISATION, null, null);
      }
      case "community" -> {
        DoorName name = DoorName.parse(id);
        if (name.community() != null || !account.sees(name.door())) {
          throw Refusal.notFound();
        }
        return new Target(LockdownLevel.COMMUNITY, name.door(), null);
      }
      case "door" -> {
        DoorName name = DoorName.parse(id);
        List<DoorStore.Row> found =
            doors.find(tx, account, name.community(), name.door(), clock.instant());
        if (found.isEmpty()) {
          throw Refusal.notFound();
        }
        if (found.size() > 1) {
          throw Refusal.of(HttpStatus.CONFLICT, "door-ambiguous");
        }
        return new Target(LockdownLevel.DOOR, found.get(0).community(), found.get(0).id());
      }
      default -> throw Refusal.notFound();
    }
  }

  private static boolean setByPolice(Transaction tx, Target target) {
    return tx.query(
            """
            select exists (
              select from door.lockdown
              where lifted_at is null and level = :level and set_by_role = 'POLICE'
                and community is not distinct from :community::text
                and door is not distinct from :door::text)
            """)
        .bind("level", target.level().name())
        .bind("community", target.community())
        .bind("door", target.door())
        .mapTo(Boolean.class)
        .one();
  }

  private void record(
      Transaction tx,
      Account account,
      HttpServletRequest request,
      Target target,
      String action,
      String outcome,
      String reason) {
    audit.append(
        tx,
        new AuditLog.Entry(
            target.chain(),
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            target.text(),
            outcome,
            reason));
  }
}
