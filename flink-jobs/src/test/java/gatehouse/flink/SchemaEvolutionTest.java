package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older version's state is read by a newer one: both are compiled here, under the same name. */
class SchemaEvolutionTest {

  private static final String OLDER =
      """
      package evolving;
      public record State(String gone, int count, java.util.List<Part> parts) {
        public record Part(String name) {}
        static State of(int count) {
          return new State("gone", count, java.util.List.of(new Part("p" + count)));
        }
      }
      """;

  private static final String NEWER =
      """
      package evolving;
      public record State(
          java.util.List<Part> parts,
          int count,
          java.time.Instant since,
          java.util.Map<String, Double> sums,
          @org.jspecify.annotations.Nullable String note,
          gatehouse.event.Direction way,
          Part last) {
        public record Part(String name, double weight) {}
        static State of(int count) {
          return new State(
              java.util.List.of(new Part("p" + count, 0)),
              count,
              java.time.Instant.EPOCH,
              java.util.Map.of(),
              null,
              gatehouse.event.Direction.UNKNOWN,
              new Part("", 0));
        }
      }
      """;

  /** Counts events a card; at the fourth it says so. */
  private static final String MODEL =
      """
      package evolving;
      import gatehouse.alert.*;
      import gatehouse.analysis.*;
      import gatehouse.event.AccessEvent;
      import java.util.*;
      import org.jspecify.annotations.Nullable;
      public final class Counting implements AnalysisModel<AccessEvent, State> {
        public static List<ModelEntry<?, ?, ?>> entries() {
          return List.of(
              new ModelEntry<AccessEvent, State, Settings.None>(
                  "counting", 1, Ordering.EVENT_TIME, Set.of(AccessEvent.class), State.class,
                  new Settings.None(), none -> new Counting(), EpisodePolicy.DEFAULT,
                  new ModelCard("", "", "", List.of(), ModelCard.LateData.ORDERED, List.of(), ""),
                  List::of));
        }
        public static gatehouse.flink.Catalogue catalogue() { return Counting::entries; }
        public List<String> keys(AccessEvent event) { return List.of(event.credential()); }
        public Step<State> onEvent(String key, AccessEvent event, @Nullable State state) {
          int count = state == null ? 1 : state.count() + 1;
          if (state != null && state.parts().size() != 1) throw new IllegalStateException();
          Step<State> step = Step.keep(State.of(count));
          return count % 4 == 0
              ? step.finding(Finding.evidence(key, event).value("count", count).build())
              : step;
        }
      }
      """;

  @TempDir private Path dir;

  @Test
  void addedComponentsTakeTheirDefaultsAndRemovedOnesAreSkipped() throws Exception {
    try (URLClassLoader older = compiled("older", OLDER);
        URLClassLoader newer = compiled("newer", NEWER)) {
      DataOutputSerializer bytes = new DataOutputSerializer(256);
      DataOutputSerializer snapshot = new DataOutputSerializer(256);
      TypeSerializer<Object> writer = serializer(older);
      writer.serialize(state(older, 3), bytes);
      TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, writer.snapshotConfiguration());

      TypeSerializerSnapshot<Object> restored =
          TypeSerializerSnapshot.readVersionedSnapshot(
              new DataInputDeserializer(snapshot.getCopyOfBuffer()), newer);
      TypeSerializerSchemaCompatibility<Object> compatibility =
          serializer(newer).snapshotConfiguration().resolveSchemaCompatibility(restored);
      assertThat(compatibility.isCompatibleAfterMigration()).isTrue();
      assertThat(
              restored
                  .restoreSerializer()
                  .deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer())))
          .isEqualTo(state(newer, 3));
    }
  }

  @Test
  void theAlertsAreTheSameAcrossASavepointOfAnOlderVersion() throws Exception {
    List<Fact> history = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Instant time = Histories.START.plusSeconds(i * 20L);
      history.add(
          Histories.access(
              Histories.origin("e" + i, "c1", "", time), "card-" + i % 7, Outcome.GRANTED, false));
    }
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    try (URLClassLoader older = compiled("older", OLDER, MODEL);
        URLClassLoader newer = compiled("newer", NEWER, MODEL)) {
      Catalogue catalogue = catalogue(newer);
      TestJob first = new TestJob(catalogue(older), history, until, 10);
      JobClient job = first.start(configured(older));
      first.awaitFacts(100);
      String savepoint = stopped(job);
      int before = first.factsSeen();
      assertThat(before).isLessThan(history.size());

      Configuration goingOn = configured(newer);
      goingOn.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      TestJob second = new TestJob(catalogue, history, until);
      second.run(goingOn);

      List<Alert> expected =
          new Replay(catalogue.entries(), new SettingsBook()).run(history, until).alerts();
      assertThat(expected).isNotEmpty();
      assertThat(TestJob.last(first.alerts(), second.alerts())).isEqualTo(expected);
      assertThat(second.factsSeen()).isLessThanOrEqualTo(history.size() - before + 100);
    }
  }

  /** Flink refuses savepoints until the last task runs, however long its neighbours have run. */
  private String stopped(JobClient job) throws InterruptedException {
    String folder = dir.resolve("savepoints").toUri().toString();
    while (true) {
      try {
        return job.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL).get();
      } catch (ExecutionException e) {
        assertThat(e).hasMessageContaining("Not all required tasks are currently running");
      }
    }
  }

  private static Configuration configured(URLClassLoader loader) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.CLASSPATHS, List.of(loader.getURLs()[0].toString()));
    return configuration;
  }

  private static Catalogue catalogue(ClassLoader loader) throws ReflectiveOperationException {
    return (Catalogue) loader.loadClass("evolving.Counting").getMethod("catalogue").invoke(null);
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> serializer(ClassLoader loader)
      throws ReflectiveOperationException {
    return (TypeSerializer<Object>)
        RecordTypes.of(loader.loadClass("evolving.State"))
            .createSerializer(new SerializerConfigImpl());
  }

  private static Object state(ClassLoader loader, int count) throws ReflectiveOperationException {
    var of = loader.loadClass("evolving.State").getDeclaredMethod("of", int.class);
    of.setAccessible(true);
    return of.invoke(null, count);
  }

  private URLClassLoader compiled(String name, String... sources) throws IOException {
    Path out = Files.createDirectories(dir.resolve(name));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      String type = source.contains("class Counting") ? "Counting" : "State";
      files.add(Files.writeString(out.resolve(type + ".java"), source));
    }
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  null,
                  manager,
                  null,
                  List.of("-d", out.toString(), "-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiles).isTrue();
    }
    return new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader());
  }
}
