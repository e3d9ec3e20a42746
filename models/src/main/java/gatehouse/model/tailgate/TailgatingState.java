package gatehouse.model.tailgate;

import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.DoorReleases;
import gatehouse.model.door.JudgedDevices;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a door.
 *
 * @param devices whether its devices could see everything, as they say
 * @param sight the same, as device-health says
 * @param releases what lets it stand open
 * @param permits what explains openings
 * @param order what its devices reported, in its true order
 * @param recent what may belong to the next opening
 * @param households what is known of the newest uses, at most {@value #HOUSEHOLDS}
 * @param doorOpen whether the contact reported open last
 * @param cycle the opening under way; null: none
 * @param days how often more pass than were let in
 * @param timeZone of the door; empty: not known yet
 * @param habitAt when the door was last told to be habitually tailgated
 * @param strangers when strangers followed, of the last week, at most {@value #STRANGERS}
 * @param told the newest openings that became an alert, at most {@value #TOLD}
 */
public record TailgatingState(
    DeviceWatch devices,
    JudgedDevices sight,
    DoorReleases releases,
    DoorPermits permits,
    TrueOrder order,
    Recent recent,
    List<Household> households,
    boolean doorOpen,
    @Nullable Cycle cycle,
    DoorDays days,
    String timeZone,
    @Nullable Instant habitAt,
    List<Instant> strangers,
    List<Told> told) {

  /** Nothing known yet. */
  public static final TailgatingState NEW =
      new TailgatingState(
          DeviceWatch.NONE,
          JudgedDevices.NONE,
          DoorReleases.NONE,
          DoorPermits.NONE,
          TrueOrder.NONE,
          Recent.NONE,
          List.of(),
          false,
          null,
          DoorDays.NONE,
          "",
          null,
          List.of(),
          List.of());

  static final int HOUSEHOLDS = 12;
  static final int TOLD = 4;
  static final int STRANGERS = 16;

  /**
   * An opening that became an alert.
   *
   * @param cycle the opening
   * @param trigger the event that made it one
   * @param households what was known of its uses
   */
  public record Told(Cycle cycle, String trigger, List<Household> households) {}
}
