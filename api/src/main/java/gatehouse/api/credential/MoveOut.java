package gatehouse.api.credential;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a lease's credentials no longer open, door by door.
 *
 * @param ends when the lease ends or has ended; null: open end
 * @param complete whether every terminal has proved that it dropped every credential
 * @param doors one line a terminal and credential
 */
public record MoveOut(
    String lease,
    String community,
    String unit,
    @Nullable Instant ends,
    boolean complete,
    List<Door> doors) {

  /** What is known of one credential at one terminal. */
  public enum Proof {
    /** A read-back showed that it is not on the list. */
    REMOVED,
    /** It was wanted there once, and never sent. */
    NEVER_SENT,
    /** The terminal may still hold it, see the reason. */
    STILL_OPEN
  }

  /** Why it may still open. */
  public enum Reason {
    /** The registry still wants it there: the lease or another grant holds. */
    STILL_GRANTED,
    /** The removal was not sent yet. */
    NOT_SENT,
    /** The removal was sent, and no read-back has proved it. */
    NOT_PROVED,
    /** The terminal is away; it goes on with the list it has. */
    TERMINAL_AWAY,
    /** It was put back on site. */
    CHANGED_ON_SITE,
    /** The terminal was taken away before it proved it. */
    TERMINAL_REMOVED
  }

  /**
   * One credential at one terminal.
   *
   * @param provedTime when the read-back came that proved it
   * @param revision the list's revision in that read-back
   * @param reason why it may still open; null if it does not
   */
  public record Door(
      String device,
      String place,
      String placeName,
      String credential,
      Proof proof,
      @Nullable Instant provedTime,
      @Nullable Long revision,
      @Nullable Reason reason) {}
}
