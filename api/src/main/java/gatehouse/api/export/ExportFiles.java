package gatehouse.api.export;

import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts the files that accounts take away, and marks them. */
@Component
public final class ExportFiles {

  /** With more rows than this the property needs a second person. */
  public static final int MOST_ROWS_ALONE = 1_000;

  static final int MOST_FILES_A_DAY = 20;
  static final int MOST_DOWNLOADS = 3;

  private final Clock clock;

  ExportFiles(Clock clock) {
    this.clock = clock;
  }

  /**
   * Lets an account take a small file away without anybody else.
   *
   * @param rows how many there are, or one more than {@link #MOST_ROWS_ALONE}
   * @throws Refusal if it needs a second person, or the account has had its files for the day
   */
  public Watermark alone(
      Transaction tx, Account account, String community, ExportKind what, int rows) {
    if (account.role() == Role.PROPERTY && rows > MOST_ROWS_ALONE) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "export-needs-approval");
    }
    return take(tx, account, community, what, null);
  }

  /**
   * Lets an account take away a file that was approved.
   *
   * @throws Refusal if it was taken {@value #MOST_DOWNLOADS} times, or the account has had its
   *     files for the day
   */
  Watermark approved(Transaction tx, Account account, ExportWish wish, UUID approval) {
    hold(tx, account);
    int taken =
        tx.query("select count(*) from property.export_file where approval = :approval")
            .bind("approval", approval)
            .mapTo(Integer.class)
            .one();
    if (taken >= MOST_DOWNLOADS) {
      throw Refusal.of(HttpStatus.GONE, "export-over");
    }
    return take(tx, account, wish.community(), wish.what(), approval);
  }

  private Watermark take(
      Transaction tx, Account account, String community, ExportKind what, @Nullable UUID approval) {
    hold(tx, account);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int today =
        tx.query(
                """
                select count(*) from property.export_file
                where account = :account and at > :since
                """)
            .bind("account", account.id())
            .bind("since", now.minus(Duration.ofDays(1)))
            .mapTo(Integer.class)
            .one();
    if (today >= MOST_FILES_A_DAY) {
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "export-quota").after(Duration.ofHours(1));
    }
    UUID id = UUID.randomUUID();
    tx.update(
            """
            insert into property.export_file (id, community, account, approval, what, at)
            values (:id, :community, :account, :approval, :what, :now)
            """)
        .bind("id", id)
        .bind("community", community)
        .bind("account", account.id())
        .bind("approval", approval)
        .bind("what", what.name())
        .bind("now", now)
        .execute();
    return Watermark.of(id, account, now);
  }

  /** One file of an account at a time, over all instances: they are counted. */
  private static void hold(Transaction tx, Account account) {
    tx.hold(Lock.EXPORTS, account.id().toString());
  }
}
