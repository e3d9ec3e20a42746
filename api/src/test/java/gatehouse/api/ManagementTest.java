package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Health and metrics have a port of their own, and an address: loopback if none is named. */
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
  void theyAreOnTheAddressThatIsNamedAndOnNoOther() throws Exception {
    try (ConfigurableApplicationContext api =
        ApiMain.start(
            Platform.get().settings(Map.of("GATEHOUSE_API_MANAGEMENT_BIND", "127.0.0.2")))) {
      String port = api.getEnvironment().getRequiredProperty("local.management.port");
      Client named = Client.anonymous("http://127.0.0.2:" + port);
      assertThat(named.get("/actuator/prometheus").body()).contains("gatehouse_consumer_lag");
      assertThatThrownBy(
              () -> new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)).close())
          .isInstanceOf(ConnectException.class);
    }
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
