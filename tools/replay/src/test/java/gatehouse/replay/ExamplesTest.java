package gatehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.replay.mapping.EventId;
import gatehouse.replay.mapping.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the examples of docs/replay.md give, by the models alone. */
class ExamplesTest {

  @Test
  void theParkHasATruckAtNightAndACarWhereOnlyRangersMayDrive() throws IOException {
    assertThat(found("park-gates"))
        .containsExactly(
            "restricted-entry KM733T at depot road, lines [50, 53]",
            "restricted-entry KM733T at ranger gate 1, lines [51, 52]",
            "restricted-entry HV208C at ranger gate 2, lines [38]");
  }

  @Test
  void theOfficeHasAnOldCardInUseAndSomebodyAtTheServerRoom() throws IOException {
    assertThat(found("office-cards"))
        .containsExactly(
            "stale-grant dora-1 at Server room, lines [92, 94, 95, 125, 131, 132, 133]",
            "restricted-entry dora-1 at Server room, lines [133]",
            "denied-burst eli-1 at Server room, lines [166, 167, 168, 169, 170, 171]",
            "restricted-entry eli-1 at Server room, lines [166, 167, 168, 169, 170, 171]");
  }

  private static List<String> found(String example) throws IOException {
    ReplayPlan plan = ReplayPlanTest.example(example, null, null, 0);
    List<Fact> history = new ArrayList<>(plan.facts());
    for (LoggedEvent logged : plan.log().events()) {
      history.add(logged.event());
    }
    SettingsBook settings = SettingsBook.of(plan.settings().toArray(new SettingsChange[0]));
    List<String> found = new ArrayList<>();
    for (Alert alert :
        new Replay(ModelCatalogue.all(), settings)
            .run(
                history,
                plan.log()
                    .events()
                    .get(plan.log().events().size() - 1)
                    .event()
                    .time()
                    .plus(ReplayPlan.HORIZON))
            .alerts()) {
      List<Integer> lines =
          alert.evidence().stream().map(piece -> EventId.line(piece.eventId())).sorted().toList();
      found.add(
          alert.model()
              + ' '
              + alert.subjects().get(0).id()
              + " at "
              + plan.placeNames().get(alert.place())
              + ", lines "
              + lines);
    }
    return found;
  }
}
