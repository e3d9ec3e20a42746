package gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkJobsTest {

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 21, 0, 21, true",
    "RUNNING, 19, 2, 21, true",
    "RUNNING, 18, 2, 21, false",
    "RUNNING, 0, 21, 21, false",
    "RUNNING, 0, 0, 0, false",
    "RESTARTING, 21, 0, 21, false"
  })
  void itWorksIfEveryTaskRunsOrHasDoneItsPart(
      String state, int running, int finished, int total, boolean works) {
    String answer =
        """
        {"jobs":[{"jid":"1","name":"gatehouse-live","state":"%s","tasks":{"running":%d,\
        "canceling":0,"canceled":0,"total":%d,"created":0,"scheduled":0,"deploying":0,\
        "reconciling":0,"finished":%d,"initializing":0,"failed":0},"pending-operators":0}]}
        """
            .formatted(state, running, total, finished);
    FlinkJobs jobs = FlinkJobs.of(answer);
    assertThat(jobs).isEqualTo(new FlinkJobs(state, running, finished, total));
    assertThat(jobs.isWorking()).isEqualTo(works);
  }
}
