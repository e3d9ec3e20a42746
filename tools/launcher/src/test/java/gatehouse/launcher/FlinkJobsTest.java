package gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkJobsTest {

  @Test
  void worksOnlyIfEveryTaskDoes() {
    assertThat(FlinkJobs.of(answer("RUNNING", 37, 37)).isWorking()).isTrue();
    assertThat(FlinkJobs.of(answer("RUNNING", 36, 37)).isWorking()).isFalse();
    assertThat(FlinkJobs.of(answer("RESTARTING", 37, 37)).isWorking()).isFalse();
    assertThat(FlinkJobs.of("{\"jobs\":[]}").isWorking()).isFalse();
  }

  private static String answer(String state, int running, int total) {
    return """
        {"jobs":[{"jid":"3ca4","name":"gatehouse-live","start-time":17,"state":"%s",\
        "tasks":{"running":%d,"canceling":0,"total":%d,"created":0}}]}"""
        .formatted(state, running, total);
  }
}
