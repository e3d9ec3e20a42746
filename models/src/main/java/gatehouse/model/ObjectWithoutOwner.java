package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
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
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.model.gate.Departure;
import gatehouse.model.gate.MeansOfHousehold;
import gatehouse.model.gate.MemberSeen;
import gatehouse.model.gate.Passer;
import gatehouse.model.gate.Sightings;
import gatehouse.registry.Permit;
import gatehouse.registry.TaggedObject;
import gatehouse.stats.TimeProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tagged object, usually an e-bike, leaves and nobody of its household passes with it.
 *
 * <p>Evidence in ln odds: −ln of how often the household is missed at this gate though it is there
 * (Beta(3,7), learned for each object and gate; at other gates first); half the surprise of the
 * hour, learned for each object; for a stranger's face at the same moment, ln of how often a
 * thief's is seen over how often one is seen when all is as usual (Beta(1,9), learned for each
 * object); −ln of how often whoever usually rides it is elsewhere when it leaves (Beta(1,19),
 * learned for each object); 3 if the owner had locked it in the app. A locked object is told at the
 * first look; another one from {@code llr} on, when nobody can come after it any more. A camera
 * that seldom recognises the owner, as under a helmet, sees a stranger each time: then a stranger
 * is no evidence of theft.
 *
 * <p>Whoever usually rides it is elsewhere if they left the site before without it, or pass a door
 * or gate within {@code elsewhereWithin} after it and before it is back.
 *
 * <p>Source: likelihood ratio of a missed owner against theft (own construction); beta-binomial
 * miss rates.
 */
public final class ObjectWithoutOwner implements AnalysisModel<Fact, ObjectWithoutOwner.State> {

  private static final int VERSIONS = 8;
  private static final int PERMITS = 8;
  private static final int PERSONS = 8;
  private static final int GATES = 8;
  private static final int TOLD = 8;
  private static final int COMPANY = 32;

  private final Settings settings;
  private final List<Double> usual;

  /** The model with these settings. */
  public ObjectWithoutOwner(Settings settings) {
    this.settings = settings;
    this.usual = TimeProfile.usual(settings.nightFrom(), settings.nightTo(), settings.nightShare());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "prior passages without the household", min = 0.1) double missPrior,
      @Setting(value = "prior passages with it", min = 0.1) double seenPrior,
      @Setting("ln odds from which an object that is not locked is told") double llr,
      @Setting("how much of the surprise of the hour counts") double surprise,
      @Setting(value = "how often a thief's face is seen", unit = "share", min = 0.01, max = 1)
          double thiefSeen,
      @Setting(value = "prior passages with a stranger's face", min = 0.1) double strangerPrior,
      @Setting(value = "prior passages without one", min = 0.1) double noStrangerPrior,
      @Setting(value = "prior passages with the usual rider elsewhere", min = 0.1)
          double elsewherePrior,
      @Setting(value = "prior passages with them not", min = 0.1) double notElsewherePrior,
      @Setting("the usual rider is elsewhere if seen so long after it left")
          Duration elsewhereWithin,
      @Setting("but not before this, as clocks differ") Duration elsewhereAfter,
      @Setting("ln odds of a locked object that moves") double armed,
      @Setting("the same moment is so long before or after") Duration riderWithin,
      @Setting("a stranger's face is that of who presents a credential this close to it")
          Duration ownFaceWithin,
      @Setting("after so many passages together somebody is a usual rider") int usualRider,
      @Setting("a second read at the same gate within this time is the same passage")
          Duration again,
      @Setting("nights begin at this local time") LocalTime nightFrom,
      @Setting("nights end at this") LocalTime nightTo,
      @Setting(value = "share of passages at night until it is learned", unit = "share", max = 1)
          double nightShare,
      @Setting("passages to know before the hours are the object's own") int leastEvents,
      @Setting("days to know before that") int leastDays,
      @Setting(value = "how often it is true of a locked object", unit = "share", max = 1)
          double ifLocked,
      @Setting(value = "after this time a passage counts half for the hours", min = 1)
          Duration halfLife)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; for objects that are not locked by judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            3,
            7,
            4.5,
            0.5,
            0.8,
            1,
            9,
            1,
            19,
            Duration.ofMinutes(20),
            Duration.ofMinutes(3),
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            3,
            Duration.ofMinutes(10),
            LocalTime.of(23, 0),
            LocalTime.of(5, 30),
            0.02,
            20,
            10,
            0.7,
            Duration.ofDays(28));
  }

  /**
   * An alert that may be taken back.
   *
   * @param departure the passage
   * @param locked whether the lock counted
   */
  public record Told(Departure departure, boolean locked) {}

  /**
   * What is kept of an object.
   *
   * @param objects its versions, at most {@value #VERSIONS}
   * @param means by what its people can be told, at most {@value #PERSONS} persons
   * @param permits of release, at most {@value #PERMITS}
   * @param gates how often its household is seen, at most {@value #GATES} gates
   * @param strangers how often a stranger's face is seen when it leaves as usual
   * @param elsewhere how often its usual rider was elsewhere when it left as usual
   * @param rides how often each of the household passed with it, at most {@value #PERSONS} persons
   * @param seen where each of the household passed last without it, at most {@value #PERSONS}
   * @param left its last way out, as long as it may be judged otherwise; null: it is not
   * @param riders how often others passed with it, at most {@value #PERSONS}
   * @param hours at what hours it leaves
   * @param out its last way out; null: none, or it came back
   * @param lastWith when somebody of its household was last seen with it; null: never
   * @param open the last way out if it is an open alert; null: none
   * @param told alerts that may be taken back, at most {@value #TOLD}
   */
  public record State(
      List<TaggedObject> objects,
      Map<String, List<String>> means,
      List<Permit> permits,
      List<Sightings> gates,
      Sightings strangers,
      Sightings elsewhere,
      Map<String, Integer> rides,
      List<Seen> seen,
      @Nullable Left left,
      Map<String, Integer> riders,
      TimeProfile hours,
      @Nullable Evidence out,
      @Nullable Evidence lastWith,
      @Nullable String open,
      List<Told> told) {

    private static final State NEW =
        new State(
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            new Sightings("", 0, 0),
            new Sightings("", 0, 0),
            Map.of(),
            List.of(),
            null,
            Map.of(),
            TimeProfile.empty(),
            null,
            null,
            null,
            List.of());

    private State registry(
        List<TaggedObject> nextObjects,
        Map<String, List<String>> nextMeans,
        List<Permit> nextPermits) {
      return new State(
          nextObjects,
          nextMeans,
          nextPermits,
          gates,
          strangers,
          elsewhere,
          rides,
          seen,
          left,
          riders,
          hours,
          out,
          lastWith,
          open,
          told);
    }

    private State learned(
        List<Sightings> nextGates,
        Sightings nextStrangers,
        Map<String, Integer> nextRiders,
        TimeProfile nextHours) {
      return new State(
          objects,
          means,
          permits,
          nextGates,
          nextStrangers,
          elsewhere,
          rides,
          seen,
          left,
          nextRiders,
          nextHours,
          out,
          lastWith,
          open,
          told);
    }

    private State household(
        Sightings nextElsewhere,
        Map<String, Integer> nextRides,
        List<Seen> nextSeen,
        @Nullable Left nextLeft) {
      return new State(
          objects,
          means,
          permits,
          gates,
          strangers,
          nextElsewhere,
          nextRides,
          nextSeen,
          nextLeft,
          riders,
          hours,
          out,
          lastWith,
          open,
          told);
    }

    private State passed(@Nullable Evidence nextOut, @Nullable Evidence nextWith) {
      return new State(
          objects, means, permits, gates, strangers, elsewhere, rides, seen, left, riders, hours,
          nextOut, nextWith, open, told);
    }

    private State out(@Nullable Evidence next) {
      return passed(next, lastWith);
    }

    private State lastWith(Evidence next) {
      return passed(out, next);
    }

    private State told(@Nullable String nextOpen, List<Told> next) {
      return new State(
          objects, means, permits, gates, strangers, elsewhere, rides, seen, left, riders, hours,
          out, lastWith, nextOpen, next);
    }

    /** Who passed with it most often, several times at least; null: nobody. */
    private @Nullable String usualRider(int least) {
      return rides.entrySet().stream()
          .filter(one -> one.getValue() >= least)
          .max(
              Map.Entry.<String, Integer>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }

  /**
   * Somebody of the household who passed without it.
   *
   * @param person who
   * @param outside whether they left the site
   * @param event the event
   */
  public record Seen(String person, boolean outside, Evidence event) {}

  /**
   * A way out that may be judged otherwise when its usual rider is seen.
   *
   * @param departure the passage
   * @param explained whether somebody of the household was with it
   */
  public record Left(Departure departure, boolean explained) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "object-without-owner",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            TaggedObject.class,
            MeansOfHousehold.class,
            MemberSeen.class,
            Permit.class,
            Departure.class),
        State.class,
        Settings.DEFAULTS,
        ObjectWithoutOwner::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Object leaves without its owner",
            "物品脱离主人离开",
            "A tagged e-bike or registered item leaves, nobody of its household passes with it, and"
                + " no permit releases it.",
            List.of(Audience.RESIDENT, Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Family rides it: everybody of the household counts, by face, credential, unit,"
                    + " vehicle",
                "A friend rides it: who passed with it several times is a usual rider",
                "The owner was not recognised, e.g. under a helmet: how often that happens is"
                    + " learned for each object and gate",
                "The tag was read through a wall: weak reads do not count",
                "A permit of release, also one recorded afterwards",
                "A camera that was blind: no alert"),
            "Likelihood ratio of a missed owner against theft; own construction"),
        ObjectExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String community = fact.community() + '|';
    if (fact instanceof TaggedObject object) {
      return List.of(community + object.tag());
    } else if (fact instanceof MeansOfHousehold means) {
      return List.of(community + means.tag());
    } else if (fact instanceof MemberSeen seen) {
      return List.of(community + seen.tag());
    } else if (fact instanceof Permit permit) {
      return permit.subjects().stream().distinct().map(subject -> community + subject).toList();
    } else if (fact instanceof Departure departure && departure.kind() == Departure.Kind.TAG) {
      return List.of(community + departure.subject());
    }
    return List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof Departure departure) {
      return state.objects().isEmpty()
          ? Step.keep(before)
          : departure.direction() == Direction.IN
              ? returned(key, departure, state)
              : departed(key, departure, state);
    } else if (fact instanceof MemberSeen seen) {
      return state.objects().isEmpty() ? Step.keep(before) : seen(key, seen, state);
    } else if (fact instanceof TaggedObject object) {
      return reconsidered(
          key,
          fact,
          state.registry(
              Validity.with(state.objects(), object, VERSIONS), state.means(), state.permits()));
    } else if (fact instanceof Permit permit) {
      return reconsidered(
          key,
          fact,
          state.registry(
              state.objects(), state.means(), Validity.with(state.permits(), permit, PERMITS)));
    } else if (fact instanceof MeansOfHousehold means) {
      Map<String, List<String>> all = new LinkedHashMap<>(state.means());
      all.remove(means.person());
      all.put(means.person(), means.means());
      if (all.size() > PERSONS) {
        all.remove(all.keySet().iterator().next());
      }
      return reconsidered(key, fact, state.registry(state.objects(), all, state.permits()));
    }
    return Step.keep(before);
  }

  private Step<State> returned(String key, Departure departure, State state) {
    List<Finding> findings = new ArrayList<>();
    String open = state.open();
    State next = state;
    if (open != null) {
      for (Told told : state.told()) {
        // It was no theft: what was seen of it is as usual.
        boolean returns = told.departure().event().eventId().equals(open);
        next = returns ? learned(told.departure(), null, next) : next;
      }
      findings.add(
          Finding.close(
              episode(key, open),
              departure.event().eventId(),
              departure.community(),
              departure.place().id(),
              departure.time(),
              "object-without-owner.returned"));
    }
    return Step.keep(
            next.out(null)
                .told(null, next.told())
                .household(next.elsewhere(), next.rides(), next.seen(), null))
        .findings(findings);
  }

  /** Where somebody of the household is; the usual rider may have been elsewhere all the time. */
  private Step<State> seen(String key, MemberSeen member, State before) {
    List<Seen> all = new ArrayList<>(before.seen());
    all.removeIf(one -> one.person().equals(member.person()));
    Seen seen = new Seen(member.person(), member.outside(), member.event());
    all.add(seen);
    List<Seen> newest = List.copyOf(all.subList(Math.max(0, all.size() - PERSONS), all.size()));
    State state = before.household(before.elsewhere(), before.rides(), newest, before.left());
    Left left = state.left();
    if (left == null || !member.person().equals(state.usualRider(settings.usualRider()))) {
      return Step.keep(state);
    }
    Departure departure = left.departure();
    Instant at = departure.event().time();
    if (member.time().isBefore(at.plus(settings.elsewhereAfter()))) {
      return Step.keep(state);
    }
    State over = state.household(state.elsewhere(), state.rides(), newest, null);
    if (member.time().isAfter(at.plus(settings.elsewhereWithin()))) {
      return Step.keep(over);
    }
    TaggedObject object = Validity.at(state.objects(), at);
    boolean alarmed = departure.event().eventId().equals(state.open());
    if (object != null && !left.explained() && !alarmed && !released(departure, state)) {
      double odds = logOdds(departure, object, state, seen);
      if (odds >= settings.llr()) {
        return Step.keep(
                over.told(departure.event().eventId(), remember(over.told(), departure, object)))
            .finding(found(key, departure, object, state, seen, member.time()));
      }
    }
    return Step.keep(over.household(over.elsewhere().plus(false), over.rides(), over.seen(), null));
  }

  /** Where the usual rider is, if they left the site before without it. */
  private @Nullable Seen outside(Departure departure, State state) {
    String usual = state.usualRider(settings.usualRider());
    Instant before = departure.event().time().minus(settings.elsewhereAfter());
    return state.seen().stream()
        .filter(one -> one.outside() && one.person().equals(usual))
        .filter(one -> one.event().time().isBefore(before))
        .findFirst()
        .orElse(null);
  }

  private Step<State> departed(String key, Departure departure, State state) {
    TaggedObject object = Validity.at(state.objects(), departure.event().time());
    if (object == null) {
      return Step.keep(state);
    }
    Evidence out = state.out();
    if (out != null && sameAsBefore(departure, out)) {
      return Step.keep(state.out(lasting(out, departure.event())));
    }
    Passer with = household(departure, object, state);
    boolean explained = with != null || released(departure, state);
    List<Finding> findings = new ArrayList<>();
    State next = state;
    boolean told = departure.event().eventId().equals(state.open());
    if (explained && told) {
      findings.add(retraction(key, departure, departure, "object-without-owner.owner-after"));
      next = next.told(null, without(next.told(), departure));
    } else if (!explained && !told) {
      Seen elsewhere = outside(departure, state);
      double odds = logOdds(departure, object, state, elsewhere);
      boolean seen = departure.watch() == Departure.Watch.ALL;
      if (object.armed()
          ? departure.watch() != Departure.Watch.BLIND
          : departure.complete() && seen && odds >= settings.llr()) {
        findings.add(found(key, departure, object, state, elsewhere, departure.time()));
        next = next.told(departure.event().eventId(), remember(next.told(), departure, object));
        told = true;
      }
    }
    if (departure.complete()) {
      boolean alarmed = told && !explained;
      Left left =
          departure.watch() == Departure.Watch.ALL && outside(departure, next) == null
              ? new Left(brief(departure), explained)
              : null;
      next = alarmed ? next : learned(departure, with, next);
      next = withMember(with, next, left).out(departure.event());
      next = with == null ? next : next.lastWith(with.event());
    }
    return Step.keep(next).findings(findings);
  }

  /** Who passed with it is not elsewhere, and rides it. */
  private static State withMember(@Nullable Passer with, State state, @Nullable Left left) {
    Map<String, Integer> rides = new LinkedHashMap<>(state.rides());
    List<Seen> seen = new ArrayList<>(state.seen());
    List<String> means = with == null ? List.of() : with.means();
    for (String each : means) {
      if (each.startsWith("person:")) {
        String person = each.substring("person:".length());
        seen.removeIf(one -> one.person().equals(person));
        if (rides.containsKey(person) || rides.size() < PERSONS) {
          rides.merge(person, 1, Integer::sum);
        }
      }
    }
    return state.household(state.elsewhere(), rides, List.copyOf(seen), left);
  }

  private boolean sameAsBefore(Departure departure, Evidence out) {
    return !out.eventId().equals(departure.event().eventId())
        && out.place().equals(departure.place().id())
        && departure.event().time().isBefore(out.time().plus(settings.again()));
  }

  /** An object parked by the reader is read on and on. */
  private static Evidence lasting(Evidence out, Evidence again) {
    return new Evidence(
        out.eventId(), again.time(), out.place(), out.device(), out.clock(), out.role());
  }

  private @Nullable Passer household(Departure departure, TaggedObject object, State state) {
    List<String> known = new ArrayList<>();
    List<String> people = new ArrayList<>(object.household());
    people.add(object.owner());
    for (String person : people) {
      known.add(Passer.person(person));
      known.addAll(state.means().getOrDefault(person, List.of()));
    }
    state
        .riders()
        .forEach(
            (person, times) -> {
              if (times >= settings.usualRider()) {
                known.add(person);
              }
            });
    return departure.company().stream()
        .filter(passer -> passer.isOneOf(known))
        .findFirst()
        .orElse(null);
  }

  private static boolean released(Departure departure, State state) {
    return state.permits().stream()
        .map(Permit::permit)
        .distinct()
        .map(
            id ->
                Validity.at(
                    state.permits().stream().filter(known -> known.permit().equals(id)).toList(),
                    departure.event().time()))
        .anyMatch(
            permit ->
                permit != null
                    && (permit.places().isEmpty()
                        || permit.places().contains(departure.place().id())));
  }

  private double logOdds(
      Departure departure, TaggedObject object, State state, @Nullable Seen elsewhere) {
    return -Math.log(missShare(departure, state))
        + settings.surprise() * Math.log(10) * surprise(departure, state)
        + (rider(departure) == null ? 0 : Math.log(settings.thiefSeen() / strangerShare(state)))
        + (elsewhere == null ? 0 : -Math.log(elsewhereShare(state)))
        + (object.armed() ? settings.armed() : 0);
  }

  /** How often its usual rider is elsewhere though all is as usual. */
  private double elsewhereShare(State state) {
    return state.elsewhere().missShare(settings.elsewherePrior(), settings.notElsewherePrior());
  }

  private double missShare(Departure departure, State state) {
    double prior = settings.missPrior() + settings.seenPrior();
    double elsewhere =
        state.gates().stream()
            .filter(known -> !known.place().equals(departure.place().id()))
            .reduce(new Sightings("", 0, 0), Sightings::and)
            .missShare(settings.missPrior(), settings.seenPrior());
    return sightings(departure, state).missShare(prior * elsewhere, prior * (1 - elsewhere));
  }

  /** How often a stranger's face is seen with it though all is as usual. */
  private double strangerShare(State state) {
    return 1 - state.strangers().missShare(settings.noStrangerPrior(), settings.strangerPrior());
  }

  private static Sightings sightings(Departure departure, State state) {
    return state.gates().stream()
        .filter(known -> known.place().equals(departure.place().id()))
        .findFirst()
        .orElse(new Sightings(departure.place().id(), 0, 0));
  }

  private double surprise(Departure departure, State state) {
    return state
        .hours()
        .surprise(
            departure.event().time(),
            departure.place().zone(),
            usual,
            settings.leastEvents(),
            settings.leastDays());
  }

  private @Nullable Passer rider(Departure departure) {
    return departure.company().stream()
        .filter(Passer::stranger)
        .filter(passer -> atTheSameMoment(departure, passer))
        .filter(passer -> !isOfAnother(departure, passer))
        .findFirst()
        .orElse(null);
  }

  /** Who presents a credential and is not recognised is no stranger on the object. */
  private boolean isOfAnother(Departure departure, Passer face) {
    return departure.company().stream()
        .filter(passer -> !passer.means().isEmpty())
        .anyMatch(
            passer ->
                Duration.between(passer.event().time(), face.event().time())
                        .abs()
                        .compareTo(settings.ownFaceWithin())
                    <= 0);
  }

  private boolean atTheSameMoment(Departure departure, Passer passer) {
    return Duration.between(departure.event().time(), passer.event().time())
            .abs()
            .compareTo(settings.riderWithin())
        <= 0;
  }

  /** What an ordinary passage teaches: how often the household is missed, who rides, when. */
  private State learned(Departure departure, @Nullable Passer with, State state) {
    Sightings before = sightings(departure, state);
    List<Sightings> gates = new ArrayList<>(state.gates());
    gates.remove(before);
    gates.add(departure.watch() == Departure.Watch.ALL ? before.plus(with != null) : before);
    if (gates.size() > GATES) {
      gates.remove(0);
    }
    Map<String, Integer> riders = new LinkedHashMap<>(state.riders());
    departure.company().stream()
        .filter(passer -> with == null && atTheSameMoment(departure, passer))
        .flatMap(passer -> passer.means().stream())
        .filter(means -> means.startsWith("person:"))
        .distinct()
        .forEach(person -> riders.merge(person, 1, Integer::sum));
    while (riders.size() > PERSONS) {
      riders.remove(
          riders.entrySet().stream()
              .min(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElseThrow());
    }
    State next =
        state.household(
            state.elsewhere().plus(outside(departure, state) == null),
            state.rides(),
            state.seen(),
            state.left());
    return next.learned(
        List.copyOf(gates),
        state.strangers().plus(rider(departure) != null),
        riders,
        state
            .hours()
            .plus(departure.event().time(), departure.place().zone(), 1, settings.halfLife()));
  }

  private Finding found(
      String key,
      Departure departure,
      TaggedObject object,
      State state,
      @Nullable Seen elsewhere,
      Instant now) {
    double odds = logOdds(departure, object, state, elsewhere);
    Passer rider = rider(departure);
    Finding.Builder finding =
        Finding.evidence(
                episode(key, departure.event().eventId()),
                departure.event().eventId(),
                departure.community(),
                departure.place().id(),
                now)
            .since(departure.event().time())
            .subject("tag", object.tag(), "object")
            .subject("person", object.owner(), "owner")
            .severity(Severity.P2)
            .to(Audience.RESIDENT)
            .to(Audience.PROPERTY)
            .explanation(
                object.armed()
                    ? "object-without-owner.locked"
                    : elsewhere != null
                        ? "object-without-owner.rider-elsewhere"
                        : rider == null
                            ? "object-without-owner.nobody"
                            : "object-without-owner.stranger")
            .value("kind", object.kind())
            .value("place", Labels.of(departure.place()))
            .value("time", Labels.of(departure.event().time(), departure.place().zone()))
            .value("missed", Math.round(100 * missShare(departure, state)))
            .value("evidence", String.format(Locale.ROOT, "%.1f", odds))
            .value(
                "last",
                state.lastWith() == null
                    ? "-"
                    : Labels.of(state.lastWith().time(), departure.place().zone()))
            .stoppedBy("object-without-owner.stopped-by-household")
            .evidence(departure.event())
            .score(object.armed() ? settings.ifLocked() : 1 / (1 + Math.exp(settings.llr() - odds)))
            .coverage(
                departure.watch() == Departure.Watch.ALL ? departure.coverage() : Coverage.ASSUMED);
    if (elsewhere != null) {
      finding.evidence(elsewhere.event());
    }
    if (rider != null) {
      finding.evidence(inRole(rider.event(), "object-without-owner.rider"));
    }
    Evidence last = state.lastWith();
    return last == null
        ? finding.build()
        : finding.evidence(inRole(last, "object-without-owner.last-with")).build();
  }

  private static Evidence inRole(Evidence event, String role) {
    return new Evidence(
        event.eventId(), event.time(), event.place(), event.device(), event.clock(), role);
  }

  /** What became known later may explain what was told. */
  private Step<State> reconsidered(String key, Fact fact, State state) {
    List<Finding> findings = new ArrayList<>();
    List<Told> left = new ArrayList<>();
    String open = state.open();
    for (Told told : state.told()) {
      Departure departure = told.departure();
      TaggedObject object = Validity.at(state.objects(), departure.event().time());
      String why =
          released(departure, state)
              ? "object-without-owner.released"
              : object == null || household(departure, object, state) != null
                  ? "object-without-owner.household"
                  : told.locked() && !object.armed() ? "object-without-owner.not-locked" : null;
      if (why == null) {
        left.add(told);
        continue;
      }
      findings.add(retraction(key, departure, fact, why));
      open = departure.event().eventId().equals(open) ? null : open;
    }
    return Step.keep(state.told(open, List.copyOf(left))).findings(findings);
  }

  private static Finding retraction(String key, Departure departure, Fact cause, String code) {
    return Finding.retract(
        episode(key, departure.event().eventId()),
        departure.event().eventId(),
        departure.community(),
        departure.place().id(),
        cause.time(),
        code);
  }

  private static List<Told> remember(List<Told> told, Departure departure, TaggedObject object) {
    List<Told> next = new ArrayList<>(told);
    next.add(new Told(brief(departure), object.armed()));
    if (next.size() > TOLD) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private static Departure brief(Departure departure) {
    List<Passer> company = departure.company();
    return new Departure(
        departure.subject(),
        departure.kind(),
        departure.direction(),
        departure.event(),
        departure.community(),
        departure.place(),
        departure.time(),
        departure.complete(),
        company.subList(Math.max(0, company.size() - COMPANY), company.size()),
        departure.watch(),
        departure.coverage());
  }

  private static List<Told> without(List<Told> told, Departure departure) {
    return told.stream()
        .filter(known -> !known.departure().event().eventId().equals(departure.event().eventId()))
        .toList();
  }

  private static String episode(String key, String read) {
    return "object/" + key.substring(key.indexOf('|') + 1) + '/' + read;
  }
}
