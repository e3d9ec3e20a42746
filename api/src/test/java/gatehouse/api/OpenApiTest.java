package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * docs/openapi.json is what the API says of itself. {@code mvn -pl api test -Dtest=OpenApiTest
 * -Dgatehouse.docs=write} writes it anew.
 */
class OpenApiTest {

  private static final Path DOCUMENT = Path.of("../docs/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  @Test
  void theDocumentIsUpToDate() throws IOException {
    JsonNode said = Client.anonymous(Platform.get().url()).get("/v3/api-docs").json();
    assertThat(said.path("openapi").asString()).startsWith("3.1");
    ((ObjectNode) said).remove("servers");
    String document = JSON.writeValueAsString(said) + "\n";
    if ("write".equals(System.getProperty("gatehouse.docs"))) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, document);
    }
    assertThat(DOCUMENT)
        .as("write it anew: mvn -pl api test -Dtest=OpenApiTest -Dgatehouse.docs=write")
        .exists()
        .content()
        .isEqualTo(document);
  }

  @Test
  void everyRouteIsDeclaredAndUnderTheApi() {
    JsonNode paths =
        Client.anonymous(Platform.get().url()).get("/v3/api-docs").json().path("paths");
    List<String> declared = new ArrayList<>(paths.propertyNames());
    assertThat(declared)
        .containsExactlyInAnyOrder(
            "/api/v1/session",
            "/api/v1/alerts",
            "/api/v1/alerts/stream",
            "/api/v1/alerts/{id}",
            "/api/v1/alerts/{id}/acknowledge",
            "/api/v1/alerts/{id}/resolve",
            "/api/v1/notifications",
            "/api/v1/notifications/{id}/acknowledge",
            "/api/v1/silences",
            "/api/v1/silences/{id}",
            "/api/v1/digests",
            "/api/v1/alert-budgets",
            "/api/v1/alert-budgets/{community}",
            "/api/v1/access-log",
            "/api/v1/access-log.csv",
            "/api/v1/doors",
            "/api/v1/doors/{id}/open",
            "/api/v1/door-commands/{id}",
            "/api/v1/door-commands/{id}/stream",
            "/api/v1/lockdowns/{level}/{id}",
            "/api/v1/models",
            "/api/v1/overview",
            "/api/v1/audit",
            "/api/v1/audit/findings",
            "/api/v1/audit/verification",
            "/api/v1/cases",
            "/api/v1/cases/hand-overs",
            "/api/v1/cases/hand-overs/{id}",
            "/api/v1/cases/hand-overs/{id}/read",
            "/api/v1/cases/{id}",
            "/api/v1/cases/{id}/alerts/{alert}",
            "/api/v1/cases/{id}/approve",
            "/api/v1/cases/{id}/close",
            "/api/v1/cases/{id}/expiry",
            "/api/v1/cases/{id}/exports",
            "/api/v1/cases/{id}/exports/{export}",
            "/api/v1/cases/{id}/exports/{export}/approve",
            "/api/v1/cases/{id}/exports/{export}/pack",
            "/api/v1/cases/{id}/look-ups",
            "/api/v1/cases/{id}/look-ups/{lookUp}",
            "/api/v1/cases/{id}/look-ups/{lookUp}/approve",
            "/api/v1/cases/{id}/look-ups/{lookUp}/reveal",
            "/api/v1/cases/{id}/members/{username}",
            "/api/v1/cases/{id}/notes",
            "/api/v1/cases/{id}/notes/{note}",
            "/api/v1/watch-orders",
            "/api/v1/watch-orders/{id}",
            "/api/v1/watch-orders/{id}/approve");
  }
}
