package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.SettingsBook;
import gatehouse.fact.Fact;
import gatehouse.wire.DeadLetter;
import java.util.ArrayList;
import java.util.List;

/** Finds which keys of which models a fact concerns, before anything is sent over the network. */
final class Router {

  /** Where routed facts go. */
  interface Output {
    void to(ModelEntry<?, ?, ?> model, Routed routed);

    void dead(DeadLetter letter);
  }

  private final List<ModelRunner<?, ?, ?>> runners = new ArrayList<>();

  /** A router to these models. */
  Router(List<? extends ModelEntry<?, ?, ?>> entries, SettingsBook settings) {
    for (ModelEntry<?, ?, ?> entry : entries) {
      runners.add(new ModelRunner<>(entry, settings));
    }
  }

  /** Sends a fact to all models it concerns. */
  void route(Fact fact, Output output) {
    for (ModelRunner<?, ?, ?> runner : runners) {
      send(runner, fact, output);
    }
  }

  /**
   * Sends a fact that came behind the watermark to the models that do not wait for it.
   *
   * @return the models that would have had to see it earlier
   */
  List<ModelEntry<?, ?, ?>> routeLate(Fact fact, Output output) {
    List<ModelEntry<?, ?, ?>> missed = new ArrayList<>();
    for (ModelRunner<?, ?, ?> runner : runners) {
      if (runner.entry().ordering() == Ordering.ON_ARRIVAL) {
        send(runner, fact, output);
      } else if (!keys(runner, fact, output).isEmpty()) {
        missed.add(runner.entry());
      }
    }
    return missed;
  }

  private static void send(ModelRunner<?, ?, ?> runner, Fact fact, Output output) {
    for (String key : keys(runner, fact, output)) {
      output.to(runner.entry(), new Routed(runner.entry().id(), key, fact));
    }
  }

  private static List<String> keys(ModelRunner<?, ?, ?> runner, Fact fact, Output output) {
    try {
      return runner.keys(fact);
    } catch (RuntimeException | StackOverflowError e) {
      output.dead(Refused.fact(runner.entry().id(), "MODEL_FAILED", Refused.where(e), fact));
      return List.of();
    }
  }
}
