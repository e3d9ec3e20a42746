package gatehouse.alert;

import gatehouse.event.DeviceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model concluded (研判结果). Findings with the same episode key become one alert.
 *
 * @param act whether it gives evidence for an episode, closes it, or takes evidence back
 * @param episode what the episode is about, unique within model and community
 * @param trigger id of the event or fact that made the model conclude; names the evidence to take
 *     back
 * @param at event time at which it became true
 * @param since event time of the first event it rests on
 * @param dated the time in the id of an alert that it opens: {@code since}, unless it depends on
 *     the order of arrival which event is the first
 * @param community the community
 * @param place id of the place it is shown at
 * @param subjects who or what it is about
 * @param severity how urgent
 * @param audiences who may see it
 * @param explanation why, or for a retraction why not
 * @param stoppedBy code of what would have stopped it; empty for a close or retraction
 * @param evidence the events it rests on
 * @param score 0..1, the probability that it is true
 * @param coverage whether the sensors were healthy
 * @param model set by the host
 * @param modelVersion set by the host
 * @param settings the settings in force, set by the host
 */
public record Finding(
    Act act,
    String episode,
    String trigger,
    Instant at,
    Instant since,
    Instant dated,
    String community,
    String place,
    List<Subject> subjects,
    Severity severity,
    Set<Audience> audiences,
    Explanation explanation,
    String stoppedBy,
    List<Evidence> evidence,
    double score,
    Coverage coverage,
    String model,
    int modelVersion,
    Map<String, String> settings) {

  /** What a finding does to its episode. */
  public enum Act {
    EVIDENCE,
    CLOSE,
    RETRACT
  }

  /** Evidence for an episode, concluded from an event. */
  public static Builder evidence(String episode, DeviceEvent trigger) {
    return new Builder(Act.EVIDENCE, episode, trigger.id(), trigger.community(), trigger.time())
        .place(trigger.place().id());
  }

  /** Evidence for an episode, concluded when time passed after an event. */
  public static Builder evidence(
      String episode, String trigger, String community, String place, Instant at) {
    return new Builder(Act.EVIDENCE, episode, trigger, community, at).place(place);
  }

  /** The condition ended. */
  public static Finding close(
      String episode, String trigger, String community, String place, Instant at, String code) {
    return new Builder(Act.CLOSE, episode, trigger, community, at)
        .place(place)
        .explanation(code)
        .build();
  }

  /** Something that became known later explains what this trigger had shown. */
  public static Finding retract(
      String episode, String trigger, String community, String place, Instant at, String code) {
    return new Builder(Act.RETRACT, episode, trigger, community, at)
        .place(place)
        .explanation(code)
        .build();
  }

  /** The finding with what only the host knows. */
  public Finding stamped(String byModel, int version, Map<String, String> inForce) {
    return new Finding(
        act,
        episode,
        trigger,
        at,
        since,
        dated,
        community,
        place,
        subjects,
        severity,
        audiences,
        explanation,
        stoppedBy,
        evidence,
        score,
        coverage,
        byModel,
        version,
        inForce);
  }

  /** Collects a finding; severity P3, audience property and score 0.5 unless said otherwise. */
  public static final class Builder {

    private final Act act;
    private final String episode;
    private final String trigger;
    private final String community;
    private final Instant at;
    private final List<Subject> subjects = new ArrayList<>();
    private final Set<Audience> audiences = new LinkedHashSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable Instant since;
    private @Nullable Instant dated;
    private String place = "";
    private Severity severity = Severity.P3;
    private String code = "";
    private String stoppedBy = "";
    private double score = 0.5;
    private Coverage coverage = Coverage.NOT_NEEDED;

    private Builder(Act act, String episode, String trigger, String community, Instant at) {
      this.act = act;
      this.episode = episode;
      this.trigger = trigger;
      this.community = community;
      this.at = at;
    }

    /** When the first event it rests on happened, if earlier than the trigger. */
    public Builder since(Instant first) {
      this.since = first;
      return this;
    }

    /** What the alert is dated by, if not by its first event. */
    public Builder dated(Instant time) {
      this.dated = time;
      return this;
    }

    /** Where it is shown. */
    public Builder place(String id) {
      this.place = id;
      return this;
    }

    /** Adds somebody or something it is about. */
    public Builder subject(String type, String id, String role) {
      subjects.add(new Subject(type, id, role));
      return this;
    }

    /** How urgent. */
    public Builder severity(Severity level) {
      this.severity = level;
      return this;
    }

    /** Adds an audience. */
    public Builder to(Audience audience) {
      audiences.add(audience);
      return this;
    }

    /** Why, as a code of {@link Explanations}. */
    public Builder explanation(String explanationCode) {
      this.code = explanationCode;
      return this;
    }

    /** A value of the explanation's text. */
    public Builder value(String name, Object value) {
      values.put(name, String.valueOf(value));
      return this;
    }

    /** What would have stopped it, as a code of {@link Explanations}. */
    public Builder stoppedBy(String stopCode) {
      this.stoppedBy = stopCode;
      return this;
    }

    /** Adds an event it rests on. */
    public Builder evidence(Evidence item) {
      evidence.add(item);
      return this;
    }

    /** Adds events it rests on. */
    public Builder evidence(List<Evidence> items) {
      evidence.addAll(items);
      return this;
    }

    /** Probability that it is true, 0..1. */
    public Builder score(double probability) {
      this.score = probability;
      return this;
    }

    /** Whether the sensors were healthy. */
    public Builder coverage(Coverage known) {
      this.coverage = known;
      return this;
    }

    /** The finding. */
    public Finding build() {
      if (audiences.isEmpty()) {
        audiences.add(Audience.PROPERTY);
      }
      Instant first = since == null ? at : since;
      return new Finding(
          act,
          episode,
          trigger,
          at,
          first,
          dated == null ? first : dated,
          community,
          place,
          List.copyOf(subjects),
          severity,
          Set.copyOf(audiences),
          new Explanation(code, Map.copyOf(values)),
          stoppedBy,
          List.copyOf(evidence),
          score,
          coverage,
          "",
          0,
          Map.of());
    }
  }
}
