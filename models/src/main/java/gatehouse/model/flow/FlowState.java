package gatehouse.model.flow;

import gatehouse.alert.Episodes;
import gatehouse.alert.Evidence;
import gatehouse.model.door.DoorPermits;
import gatehouse.stats.Cusum;
import gatehouse.stats.SurgeFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the flows of one class of subjects at a place: about 5 KB a direction.
 *
 * @param timeZone the place's
 * @param name the place's, as shown to people
 * @param heard when somebody passed last
 * @param binStart when the bin that is not over began
 * @param flows one a direction
 * @param hidden whether there is a surge or a drop
 * @param shift evidence for a sustained shift
 * @param common what the place has in common with others
 * @param sight whether the devices saw everything
 * @param permits what explains unusual numbers
 * @param up a surge or rise that goes on
 * @param down a drop or fall that goes on
 * @param past the newest of those that are over, at most {@value #PAST}
 * @param passages the newest of this bin, at most {@value #PASSAGES}
 * @param last the newest of all
 */
public record FlowState(
    String timeZone,
    String name,
    Instant heard,
    Instant binStart,
    List<Flow> flows,
    SurgeFilter hidden,
    Cusum shift,
    Common common,
    Sight sight,
    DoorPermits permits,
    @Nullable Spell up,
    @Nullable Spell down,
    List<Spell> past,
    List<Evidence> passages,
    Evidence last) {

  static final int PAST = 4;
  static final int PASSAGES = 10;

  /**
   * A time in which more, or fewer, passed than usual.
   *
   * @param rising more, not fewer
   * @param since when its first bin began
   * @param until when its last bin ended
   * @param trigger id of the event that is its evidence
   * @param excess passages above the expected ones so far; negative: below
   * @param told whether it is an alert
   * @param evidence the newest passages, at most {@value Episodes#EVIDENCE_LIMIT}
   */
  public record Spell(
      boolean rising,
      Instant since,
      Instant until,
      String trigger,
      double excess,
      boolean told,
      List<Evidence> evidence) {

    Spell told(List<Evidence> newest) {
      List<Evidence> all = new ArrayList<>(evidence);
      newest.stream().filter(passage -> !evidence.contains(passage)).forEach(all::add);
      int from = Math.max(0, all.size() - Episodes.EVIDENCE_LIMIT);
      return new Spell(
          rising, since, until, trigger, excess, true, List.copyOf(all.subList(from, all.size())));
    }

    Spell lasting(Instant end, double more) {
      return new Spell(rising, since, end, trigger, excess + more, told, evidence);
    }
  }
}
