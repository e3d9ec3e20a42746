package gatehouse.labelled.scenario;

import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.observe.Faults;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.people.Worker;
import gatehouse.registry.RegistryFact;
import gatehouse.site.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where a scenario plays: a community, the day it begins, and those who are not yet cast in another
 * one. Nobody and nothing is cast twice, so that labels do not run into each other.
 */
public final class Stage {

  private final Settlement settlement;
  private final List<Elsewhere> elsewhere;
  private final Agenda agenda;
  private final Passages passages;
  private final Faults faults;
  private final Dice dice;
  private final Set<String> cast;
  private final List<Label> labels;
  private final Instant midnight;
  private final String take;

  /** How many labels this take has. */
  private int billed;

  /**
   * What all scenes of a community share.
   *
   * @param elsewhere other communities of the same city
   * @param cast who and what is cast already; added to
   * @param labels where labels go
   */
  public record House(
      Settlement settlement,
      List<Elsewhere> elsewhere,
      Agenda agenda,
      Passages passages,
      Faults faults,
      Dice dice,
      Set<String> cast,
      List<Label> labels) {}

  /**
   * Another community of the city, for scenes that play in two.
   *
   * @param agenda what is going to happen there
   * @param passages words for passages there
   */
  public record Elsewhere(Settlement settlement, Agenda agenda, Passages passages) {}

  Stage(House house, Instant midnight, String take) {
    this.settlement = house.settlement();
    this.elsewhere = house.elsewhere();
    this.agenda = house.agenda();
    this.passages = house.passages();
    this.faults = house.faults();
    this.dice = house.dice();
    this.cast = house.cast();
    this.labels = house.labels();
    this.midnight = midnight;
    this.take = take;
  }

  /** The community. */
  public Settlement settlement() {
    return settlement;
  }

  /** Another community of the city, at least so many metres away; empty if there is none. */
  public Optional<Elsewhere> elsewhere(double metres) {
    List<Elsewhere> far = elsewhere.stream().filter(other -> metresTo(other) >= metres).toList();
    return far.isEmpty() ? Optional.empty() : Optional.of(dice.pick(far));
  }

  /** How far another community is, as the crow flies. */
  public double metresTo(Elsewhere other) {
    Position here = settlement.estate().centre();
    Position there = other.settlement().estate().centre();
    return Math.hypot(here.east() - there.east(), here.north() - there.north());
  }

  /** Chance. */
  public Dice dice() {
    return dice;
  }

  /** What is going to happen. */
  public Agenda agenda() {
    return agenda;
  }

  /** Words for passages. */
  public Passages passages() {
    return passages;
  }

  /** What is wrong with devices. */
  public Faults faults() {
    return faults;
  }

  /** Names this take; part of the ids of what is made for it. */
  public String take() {
    return take;
  }

  /** A time on the stage's first day. */
  public Instant at(Duration timeOfDay) {
    return midnight.plus(timeOfDay);
  }

  /** A time between two hours of the stage's first day. */
  public Instant between(double fromHour, double toHour) {
    return midnight.plus(dice.seconds(fromHour * 3600, toHour * 3600));
  }

  /** Adds an act. */
  public void act(Act act) {
    agenda.add(act);
  }

  /** Something becomes known. */
  public void register(RegistryFact fact) {
    agenda.register(fact);
  }

  /** Casts a person, vehicle, thing, place or device; false if it is cast already. */
  public boolean cast(String who) {
    return cast.add(settlement.id() + '/' + who);
  }

  /** Whether this person, vehicle, thing, place or device is not cast yet. */
  public boolean free(String who) {
    return !cast.contains(settlement.id() + '/' + who);
  }

  /** Casts somebody who works here, is like this and in no other scene in the week to come. */
  public Optional<Worker> worker(Predicate<Worker> like) {
    List<Worker> free =
        settlement.population().workers().stream()
            .filter(like)
            .filter(worker -> free(worker.id()))
            .filter(
                worker -> !agenda.paused(worker.id(), midnight, midnight.plus(Duration.ofDays(7))))
            .toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Worker chosen = dice.pick(free);
    cast(chosen.id());
    return Optional.of(chosen);
  }

  /** Casts a resident who is like this; elders in care have scenes of their own. */
  public Optional<Resident> resident(Predicate<Resident> like) {
    List<Resident> free =
        settlement.population().residents().stream()
            .filter(like)
            .filter(resident -> free(resident.id()) && !inCare(resident))
            .toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Resident chosen = dice.pick(free);
    cast(chosen.id());
    return Optional.of(chosen);
  }

  /** Casts a household that is like this, with everybody in it. */
  public Optional<Household> household(Predicate<Household> like) {
    List<Household> free =
        settlement.population().households().stream()
            .filter(like)
            .filter(
                household ->
                    household.members().stream().allMatch(one -> free(one.id()) && !inCare(one)))
            .toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Household chosen = dice.pick(free);
    chosen.members().forEach(one -> cast(one.id()));
    return Optional.of(chosen);
  }

  private boolean inCare(Resident resident) {
    return settlement.population().elders().stream()
        .anyMatch(elder -> elder.resident().equals(resident));
  }

  /** Casts one of these places or devices; empty if all are cast. */
  public Optional<String> one(List<String> candidates) {
    List<String> free = new ArrayList<>(candidates);
    free.removeIf(each -> cast.contains(settlement.id() + '/' + each));
    if (free.isEmpty()) {
      return Optional.empty();
    }
    String chosen = dice.pick(free);
    cast(chosen);
    return Optional.of(chosen);
  }

  /** Casts one of these places or devices for the stage's first day. */
  public Optional<String> today(List<String> candidates) {
    List<String> free = new ArrayList<>(candidates);
    free.removeIf(each -> !free(each + '@' + midnight));
    if (free.isEmpty()) {
      return Optional.empty();
    }
    String chosen = dice.pick(free);
    cast(chosen + '@' + midnight);
    return Optional.of(chosen);
  }

  /** Names of the residential buildings. */
  public List<String> buildings() {
    List<String> names = new ArrayList<>();
    for (int b = 1; b <= settlement.estate().buildings(); b++) {
      names.add("b" + b);
    }
    return List.copyOf(names);
  }

  /**
   * Says what was staged.
   *
   * @param models the models that should find it
   */
  public Billing label(String scenario, Difficulty difficulty, String... models) {
    return new Billing(scenario, difficulty, Set.of(models), false);
  }

  /**
   * Says what only looks like something.
   *
   * @param models the models that should not fall for it
   */
  public Billing innocent(String scenario, String... models) {
    return new Billing(scenario, Difficulty.EASY, Set.of(models), true);
  }

  /** Collects a label, which counts when its time is said. */
  public final class Billing {

    private final String scenario;
    private final Difficulty difficulty;
    private final Set<String> models;
    private final boolean decoy;
    private final Set<String> tolerated = new TreeSet<>();
    private final Set<String> subjects = new TreeSet<>();
    private final Set<String> places = new TreeSet<>();

    private Billing(String scenario, Difficulty difficulty, Set<String> models, boolean decoy) {
      this.scenario = scenario;
      this.difficulty = difficulty;
      this.models = models;
      this.decoy = decoy;
    }

    /** Other models for which finding it is no error. */
    public Billing tolerating(String... others) {
      tolerated.addAll(List.of(others));
      return this;
    }

    /** Credentials, persons, plates, tags, devices it is about. */
    public Billing about(String... ids) {
      subjects.addAll(List.of(ids));
      return this;
    }

    /** Ids of the places it happens at. */
    public Billing in(String... ids) {
      places.addAll(List.of(ids));
      return this;
    }

    /** From beginning to end; found at once. */
    public void from(Instant start, Instant end) {
      from(start, start, end);
    }

    /** From beginning to end, and from when there is enough to be found. */
    public void from(Instant start, Instant detectableFrom, Instant end) {
      labels.add(
          new Label(
              billed++ == 0 ? take : take + '-' + billed,
              scenario,
              models,
              Set.copyOf(tolerated),
              difficulty,
              settlement.id(),
              Set.copyOf(subjects),
              Set.copyOf(places),
              start,
              detectableFrom,
              end,
              decoy));
    }
  }
}
