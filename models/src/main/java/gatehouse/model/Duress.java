package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody used a duress code, finger or hijack code (胁迫).
 *
 * <p>The alert goes out at once, to the police and the property, most urgent, whether the door
 * opened or not, and is never suppressed, merged or lowered; the door itself stays silent. Each use
 * is an alert of its own, so the order of arrival cannot matter; only the same event delivered
 * again is not told again.
 *
 * <p>Source: the duress function of access control systems (胁迫), GB/T 37078-2018, section 6.4;
 * there is nothing to infer.
 */
public final class Duress implements AnalysisModel<AccessEvent, Duress.State> {

  private static final int REMEMBERED = 64;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Settings settings;

  /** The model with these settings. */
  public Duress(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "share of duress signals that are meant", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** A code can be typed by mistake. */
    public static final Settings DEFAULTS = new Settings(0.9);
  }

  /**
   * What is kept of a device that ever reported duress.
   *
   * @param told the newest events told, at most {@value #REMEMBERED}, oldest first
   */
  public record State(List<String> told) {}

  /** Its line in the catalogue. */
  public static ModelEntry<AccessEvent, State, Settings> entry() {
    return new ModelEntry<>(
        "duress",
        1,
        Ordering.ON_ARRIVAL,
        Set.of(AccessEvent.class),
        State.class,
        Settings.DEFAULTS,
        Duress::new,
        new EpisodePolicy(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(7)),
        new ModelCard(
            "Duress signal",
            "胁迫报警",
            "Somebody opens a door under threat and says so with a duress code, finger or hijack"
                + " code. Told at once, silent at the door, never suppressed.",
            List.of(Audience.POLICE, Audience.PROPERTY),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "The duress code typed, or the duress finger used, by mistake: told nevertheless;"
                    + " people close it as false"),
            "The device's own signal (duress function, GB/T 37078-2018, section 6.4)"),
        Duress::example);
  }

  /** The smallest history in which it finds something: one door opened with a duress code. */
  public static List<Fact> example() {
    return List.of(
        DoorExample.door(),
        new AccessEvent(
            DoorExample.origin(1, DoorExample.TIME),
            "pin-0301",
            CredentialType.PIN,
            "",
            null,
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            true,
            null));
  }

  @Override
  public List<String> keys(AccessEvent access) {
    return access.duress() ? List.of(access.community() + '/' + access.device()) : List.of();
  }

  @Override
  public Step<State> onEvent(String key, AccessEvent access, @Nullable State state) {
    List<String> told = new ArrayList<>(state == null ? List.of() : state.told());
    if (told.contains(access.id())) {
      return Step.keep(state);
    }
    told.add(access.id());
    if (told.size() > REMEMBERED) {
      told.remove(0);
    }
    return Step.keep(new State(List.copyOf(told))).finding(finding(access));
  }

  private Finding finding(AccessEvent access) {
    String place = access.place().id();
    Finding.Builder finding =
        Finding.evidence(access.device() + '/' + access.id(), access)
            .severity(Severity.P1)
            .to(Audience.POLICE)
            .to(Audience.PROPERTY)
            .subject("door", place, "door")
            .explanation(access.passed() ? "duress.let-in" : "duress.refused")
            .value("time", CLOCK.format(access.time().atZone(access.place().zone())))
            .value("door", place)
            .stoppedBy("duress.nothing")
            .evidence(Evidence.of(access, "duress.signal"))
            .score(settings.reliability());
    return access.credential().isEmpty()
        ? finding.build()
        : finding.subject("credential", access.credential(), "holder").build();
  }
}
