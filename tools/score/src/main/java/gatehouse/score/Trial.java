package gatehouse.score;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.LabelledCity;
import gatehouse.labelled.scenario.Label;
import gatehouse.model.ModelCatalogue;
import gatehouse.score.naive.NaiveRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs one district of a labelled city through models, and judges what they found. */
final class Trial {

  private final CitySettings settings;
  private final List<String> scored;

  /** A trial of these models. */
  Trial(CitySettings settings, List<String> scored) {
    this.settings = settings;
    this.scored = List.copyOf(scored);
  }

  /**
   * What a model, or the naive rule beside it, did in one community.
   *
   * @param model its id
   * @param seed of the city
   * @param community the community
   * @param days scored days
   * @param verdict matched with the labels
   * @param alerts how many alerts after the warm-up
   * @param flagged how long after the warm-up at least one alert was open
   */
  record Unit(
      String model,
      long seed,
      String community,
      int days,
      Judge.Verdict verdict,
      int alerts,
      Duration flagged) {}

  /**
   * What came of a district.
   *
   * @param models a unit a model and community
   * @param naive the same for the naive rules
   * @param facts how many facts were looked at
   */
  record Result(List<Unit> models, List<Unit> naive, long facts) {}

  /** Runs a district. */
  Result run(int district) {
    List<Fact> history = new ArrayList<>();
    LabelledCity city = new LabelledCity(settings);
    List<Label> labels =
        city.district(
            district,
            history::addAll,
            day -> {
              history.addAll(day.facts());
              day.deliveries().forEach(delivery -> history.add(delivery.event()));
            });
    Map<String, List<Detection>> found = detections(history);
    history.sort(FactOrder.INSTANCE);
    List<Unit> models = new ArrayList<>();
    List<Unit> naive = new ArrayList<>();
    Set<String> communities = new TreeSet<>();
    history.forEach(fact -> communities.add(fact.community()));
    for (String model : scored) {
      models.addAll(units(model, found.getOrDefault(model, List.of()), labels, communities));
      NaiveRules.beside(model)
          .ifPresent(rule -> naive.addAll(units(model, rule.find(history), labels, communities)));
    }
    return new Result(models, naive, history.size());
  }

  /** The models that raise alerts. */
  static List<String> scored() {
    return ModelCatalogue.all().stream()
        .filter(entry -> !entry.card().recipients().isEmpty())
        .map(entry -> entry.id())
        .toList();
  }

  /** These models and those whose facts they look at, in the catalogue's order. */
  static List<ModelEntry<?, ?, ?>> needed(List<String> models) {
    Deque<ModelEntry<?, ?, ?>> needed = new ArrayDeque<>();
    Set<Class<?>> consumed = new HashSet<>();
    List<ModelEntry<?, ?, ?>> all = ModelCatalogue.all();
    for (int i = all.size() - 1; i >= 0; i--) {
      ModelEntry<?, ?, ?> entry = all.get(i);
      if (models.contains(entry.id()) || !Collections.disjoint(entry.derives(), consumed)) {
        needed.addFirst(entry);
        consumed.addAll(entry.consumes());
      }
    }
    return List.copyOf(needed);
  }

  private Map<String, List<Detection>> detections(List<Fact> history) {
    Map<String, List<Detection>> found = new HashMap<>();
    for (Alert alert :
        new Replay(needed(scored), new SettingsBook()).run(history, settings.end()).alerts()) {
      if (alert.state() != AlertState.RETRACTED) {
        found.computeIfAbsent(alert.model(), model -> new ArrayList<>()).add(Detection.of(alert));
      }
    }
    return found;
  }

  private List<Unit> units(
      String model, List<Detection> detections, List<Label> labels, Set<String> communities) {
    Instant from = settings.dayStart(settings.warmUpDays());
    Map<String, List<Label>> byCommunity =
        labels.stream().collect(Collectors.groupingBy(Label::community));
    List<Unit> units = new ArrayList<>();
    // A detection belongs to the community of the label that it fits; else to its own.
    Judge.Verdict all = Judge.judge(model, detections, labels, from);
    for (String community : communities) {
      List<Label> here = byCommunity.getOrDefault(community, List.of());
      List<Detection> own =
          detections.stream().filter(detection -> detection.community().equals(community)).toList();
      Judge.Verdict judged = Judge.judge(model, detections, here, from);
      List<Detection> falseAlarms =
          all.falseAlarms().stream()
              .filter(detection -> detection.community().equals(community))
              .toList();
      units.add(
          new Unit(
              model,
              settings.seed(),
              community,
              settings.days() - settings.warmUpDays(),
              new Judge.Verdict(
                  judged.outcomes(),
                  judged.right(),
                  falseAlarms,
                  judged.duplicates(),
                  judged.tolerated(),
                  judged.decoys(),
                  judged.deceived()),
              (int) own.stream().filter(d -> !d.detectedAt().isBefore(from)).count(),
              flagged(own, from)));
    }
    return units;
  }

  private Duration flagged(List<Detection> detections, Instant from) {
    return union(detections, from, settings.end());
  }

  /** How much of the time between two instants is covered by at least one detection. */
  static Duration union(List<Detection> detections, Instant from, Instant until) {
    Duration sum = Duration.ZERO;
    Instant covered = from;
    for (Detection detection :
        detections.stream().sorted(Comparator.comparing(Detection::from)).toList()) {
      Instant begin = detection.from().isBefore(covered) ? covered : detection.from();
      Instant end = detection.to().isAfter(until) ? until : detection.to();
      if (end.isAfter(begin)) {
        sum = sum.plus(Duration.between(begin, end));
        covered = end;
      }
    }
    return sum;
  }
}
