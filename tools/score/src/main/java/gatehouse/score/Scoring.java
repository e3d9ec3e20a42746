package gatehouse.score;

import gatehouse.labelled.CitySettings;
import gatehouse.labelled.LabelledCity;
import gatehouse.score.Trial.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/** Runs cities through the models, as many districts at once as there are processors. */
public final class Scoring {

  private final LongFunction<CitySettings> cities;
  private final List<Long> seeds;
  private final List<String> models;

  /**
   * A scoring.
   *
   * @param cities the city of a seed
   * @param seeds which seeds
   * @param models which models; those they build on are run as well
   */
  public Scoring(LongFunction<CitySettings> cities, List<Long> seeds, List<String> models) {
    this.cities = cities;
    this.seeds = List.copyOf(seeds);
    this.models = List.copyOf(models);
  }

  /**
   * Runs all.
   *
   * @param workers how many districts at once; each needs memory for its history
   * @param progress told after each district: how many are done, and of how many
   */
  public Scorecard run(int workers, BiConsumer<Integer, Integer> progress)
      throws InterruptedException {
    long begun = System.nanoTime();
    List<Unit> found = new ArrayList<>();
    List<Unit> naive = new ArrayList<>();
    long facts = 0;
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      ExecutorCompletionService<Trial.Result> running = new ExecutorCompletionService<>(pool);
      int all = 0;
      for (long seed : seeds) {
        CitySettings settings = cities.apply(seed);
        for (int district = 0; district < new LabelledCity(settings).districts(); district++) {
          int number = district;
          running.submit(() -> new Trial(settings, models).run(number));
          all++;
        }
      }
      for (int done = 1; done <= all; done++) {
        Trial.Result result = running.take().get();
        found.addAll(result.models());
        naive.addAll(result.naive());
        facts += result.facts();
        progress.accept(done, all);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A district could not be scored.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    List<ModelScore> scores = scores(found);
    return new Scorecard(
        cities.apply(seeds.get(0)),
        seeds,
        scores,
        scores(naive),
        Overall.of(scores, Judged.of(found)),
        models.stream().map(model -> Mistakes.of(model, of(model, found))).toList(),
        facts,
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private List<ModelScore> scores(List<Unit> units) {
    return models.stream()
        .filter(model -> !of(model, units).isEmpty())
        .map(model -> ModelScore.of(model, of(model, units)))
        .toList();
  }

  private static List<Unit> of(String model, List<Unit> units) {
    return units.stream().filter(unit -> unit.model().equals(model)).toList();
  }
}
