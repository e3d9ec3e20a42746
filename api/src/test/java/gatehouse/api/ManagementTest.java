package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Health and metrics have a port of their own, on the loopback interface. */
class ManagementTest {

  private final Client scraper =
      Client.anonymous(
          "http://127.0.0.1:"
              + Platform.get().api().getEnvironment().getRequiredProperty("local.management.port"));

  @Test
  void healthAndMetricsAreThere() {
    assertThat(scraper.get("/actuator/health").json().path("status").asString()).isEqualTo("UP");
    assertThat(scraper.get("/actuator/health/readiness").status()).isEqualTo(200);
    Client.Answer metrics = scraper.get("/actuator/prometheus");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("gatehouse_consumer_written_total{consumer=\"alerts\"")
        .contains("gatehouse_consumer_lag{consumer=\"events\"")
        .contains("gatehouse_door_acks_refused_total");
  }

  @Test
  void nothingElseIsThere() {
    for (String path : new String[] {"env", "beans", "heapdump", "configprops", "loggers"}) {
      assertThat(scraper.get("/actuator/" + path).status()).as(path).isEqualTo(404);
    }
    assertThat(scraper.get("/api/v1/session").status()).isEqualTo(404);
  }

  @Test
  void theApisOwnPortDoesNotServeThem() {
    Client.Answer answer = Client.anonymous(Platform.get().url()).get("/actuator/prometheus");
    assertThat(answer.body()).doesNotContain("gatehouse_consumer");
  }
}
