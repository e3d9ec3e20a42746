package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.accesslog.TestEvents;
import gatehouse.event.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Export packs: hashes, chain of custody, a second person (P-06, S-03; trust.md S7, S15). */
class ExportTest {

  private final TestCases site = new TestCases();

  @Test
  void thePackLeavesWithASecondPersonAndItsHashesAreTrue() throws Exception {
    TestEvents.store(
        TestEvents.access(site.community, "=cmd|' /C calc'!A0", Outcome.GRANTED, site.noon));
    String caseId = site.open();
    site.lookUp(
        site.asAnalyst,
        caseId,
        "{\"kind\":\"PLACE\",\"spots\":["
            + site.spot("gate-1", site.noon, site.noon.plusSeconds(60))
            + "]}");
    site.asAnalyst.put(
        "/api/v1/cases/" + caseId + "/notes/" + UUID.randomUUID(), "{\"text\":\"a note\"}");
    site.asAnalyst.put("/api/v1/cases/" + caseId + "/alerts/" + site.alert("POLICE"), "{}");
    String export = "/api/v1/cases/" + caseId + "/exports/" + UUID.randomUUID();
    assertThat(site.asAnalyst.put(export, "{}").status()).isEqualTo(400);
    assertThat(site.asAnalyst.put(export, "{\"reason\":\"for the prosecutor\"}").status())
        .isEqualTo(200);
    assertThat(site.asAnalyst.get(export + "/pack").code()).isEqualTo("second-person-required");
    assertThat(site.asAnalyst.post(export + "/approve", "").code()).isEqualTo("own-request");
    assertThat(site.asSupervisor.post(export + "/approve", "").status()).isEqualTo(200);
    assertThat(site.asSupervisor.get(export + "/pack").code()).isEqualTo("not-a-member");
    Map<String, byte[]> files = unzip(site.asAnalyst.bytes(export + "/pack"));
    assertThat(files.keySet())
        .containsExactly(
            "case.json",
            "notes.jsonl",
            "alerts.jsonl",
            "look-ups.jsonl",
            "passages.csv",
            "custody.csv",
            "manifest.json");
    JsonNode manifest = JsonMapper.builder().build().readTree(files.get("manifest.json"));
    StringBuilder sums = new StringBuilder();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("name").asString();
      assertThat(file.path("sha256").asString()).as(name).isEqualTo(sha256(files.get(name)));
      sums.append(file.path("sha256").asString()).append("  ").append(name).append('\n');
    }
    String whole = manifest.path("sha256").asString();
    assertThat(whole).isEqualTo(sha256(sums.toString().getBytes(StandardCharsets.UTF_8)));
    JsonNode watermark = manifest.path("watermark");
    assertThat(watermark.path("account").asString()).isEqualTo(site.analyst);
    assertThat(watermark.path("time").asString()).isNotEmpty();
    assertThat(watermark.path("approvedBy").get(0).asString()).isEqualTo(site.supervisor);
    assertThat(text(files, "passages.csv")).contains("\"'=cmd|' /C calc'!A0\"");
    assertThat(text(files, "notes.jsonl")).contains("a note");
    assertThat(text(files, "custody.csv"))
        .contains("case.open", "case.approve", "case.look-up", "case.export.approve")
        .contains(site.analyst, site.supervisor);
    assertThat(
            Platform.get()
                .texts(
                    "select action from audit.entry where who = ? and action like 'case.export%'"
                        + " and outcome = 'DONE' order by id",
                    site.analyst))
        .containsExactly("case.export.ask", "case.export", "case.export.done");
  }

  @Test
  void onlyWhoAskedTakesIt() {
    String colleague = TestSite.account("POLICE", site.community);
    String caseId = site.open(colleague);
    String export = "/api/v1/cases/" + caseId + "/exports/" + UUID.randomUUID();
    site.asAnalyst.put(export, "{\"reason\":\"for the prosecutor\"}");
    Client other = Client.of(colleague);
    other.post(export + "/approve", "");
    assertThat(other.get(export + "/pack").status()).isEqualTo(403);
  }

  private static Map<String, byte[]> unzip(byte[] pack) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
