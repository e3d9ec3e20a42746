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
import gatehouse.event.PoleAlarm;
import gatehouse.fact.Fact;
import gatehouse.site.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody pressed an SOS button (一键求助): at a lamp post, in a lift, in the app.
 *
 * <p>The alert goes out at once, to the police and the property, most urgent, and is never
 * suppressed, merged or lowered. Each press is an alert of its own, so the order of arrival cannot
 * matter; only the same event delivered again is not told again. That the button was released again
 * ends nothing: people close the alert.
 *
 * <p>Source: the help point's own signal (GB 50348-2018, emergency call); there is nothing to
 * infer.
 */
public final class Sos implements AnalysisModel<PoleAlarm, Sos.State> {

  private static final int REMEMBERED = 64;

  private final Settings settings;

  /** The model with these settings. */
  public Sos(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "share of calls for help that are meant", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** Children and the curious press buttons, too. */
    public static final Settings DEFAULTS = new Settings(0.7);
  }

  /**
   * What is kept of a button that was ever pressed.
   *
   * @param told the newest presses told, at most {@value #REMEMBERED}, oldest first
   */
  public record State(List<String> told) {}

  /** Its line in the catalogue. */
  public static ModelEntry<PoleAlarm, State, Settings> entry() {
    return new ModelEntry<>(
        "sos",
        1,
        Ordering.ON_ARRIVAL,
        Set.of(PoleAlarm.class),
        State.class,
        Settings.DEFAULTS,
        Sos::new,
        new EpisodePolicy(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(7)),
        new ModelCard(
            "Call for help",
            "一键求助",
            "Somebody presses the SOS button of a lamp post, a lift or the app. Told at once, never"
                + " suppressed.",
            List.of(Audience.POLICE, Audience.PROPERTY),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Pressed by mistake or in play: told nevertheless; people close it as false, and"
                    + " the score says how often that is so"),
            "The help point's own signal (GB 50348-2018)"),
        Sos::example);
  }

  /** The smallest history in which it finds something: one press. */
  public static List<Fact> example() {
    return List.of(
        PoleExample.pole(), PoleExample.alarm(1, PoleExample.TIME, PoleAlarm.Kind.SOS, true));
  }

  @Override
  public List<String> keys(PoleAlarm alarm) {
    return alarm.kind() == PoleAlarm.Kind.SOS && alarm.active()
        ? List.of(alarm.community() + '/' + alarm.device())
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, PoleAlarm alarm, @Nullable State state) {
    List<String> told = new ArrayList<>(state == null ? List.of() : state.told());
    if (told.contains(alarm.id())) {
      return Step.keep(state);
    }
    told.add(alarm.id());
    if (told.size() > REMEMBERED) {
      told.remove(0);
    }
    return Step.keep(new State(List.copyOf(told))).finding(finding(alarm));
  }

  private Finding finding(PoleAlarm alarm) {
    return Finding.evidence(alarm.device() + '/' + alarm.id(), alarm)
        .severity(Severity.P1)
        .to(Audience.POLICE)
        .to(Audience.PROPERTY)
        .subject("device", alarm.device(), "help-point")
        .explanation(alarm.place().kind() == Place.Kind.LIFT ? "sos.in-lift" : "sos.pressed")
        .value("time", Labels.clock(alarm.time(), alarm.place().zone()))
        .value("place", Labels.of(alarm.place()))
        .stoppedBy("sos.nothing")
        .evidence(Evidence.of(alarm, "sos.button"))
        .score(settings.reliability())
        .build();
  }
}
