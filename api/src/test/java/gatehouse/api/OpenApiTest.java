package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void theDocumentCanBeBrowsed() {
    Client nobody = Client.anonymous(Platform.get().url());
    assertThat(nobody.get("/api-docs").status()).isEqualTo(302);
    Client.Answer page = nobody.get(nobody.get("/api-docs").header("Location"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui").doesNotContain("<style");
    assertThat(page.header("Content-Security-Policy")).doesNotContain("unsafe");
  }
}
