package gatehouse.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.registry.Lease;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry over HTTP: versions, preconditions, what reaches Kafka, what a file may bring. */
class RegistryTest {

  private static final String LEASE =
      """
      {"validFrom":"2026-01-01T00:00:00Z","validTo":"2097-01-01T00:00:00Z",
       "fields":{"lease":"l-1","unit":"1-101","tenant":"p-1","credentials":["c-1","c-2"]}}
      """;

  private final String community = "reg-" + UUID.randomUUID().toString().substring(0, 8);
  private final String leases = "/api/v1/registry/" + community + "/lease";
  private final Client property = Client.of(TestSite.account("PROPERTY", community));

  @Test
  void aThingIsRecordedChangedAndEndedAndItsHistoryStays() {
    Client.Answer created = property.put(leases + "/l-1", LEASE);
    assertThat(created.status()).isEqualTo(201);
    String etag = created.header("ETag");
    assertThat(etag).isEqualTo('"' + created.json().path("version").asString() + '"');

    Client.Answer again = property.put(leases + "/l-1", LEASE);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(etag);

    String longer = LEASE.replace("2097-01-01", "2098-01-01");
    assertThat(property.put(leases + "/l-1", longer).status()).isEqualTo(428);
    assertThat(property.put(leases + "/l-1", longer, "If-Match", "\"other\"").status())
        .isEqualTo(412);
    Client.Answer renewed = property.put(leases + "/l-1", longer, "If-Match", etag);
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(property.put(leases + "/l-1", LEASE, "If-Match", etag).code())
        .isEqualTo("changed-meanwhile");

    Client.Answer ended = property.delete(leases + "/l-1?at=2026-06-30T18:00:00%2B08:00");
    assertThat(ended.json().path("validTo").asString()).isEqualTo("2026-06-30T10:00:00Z");
    assertThat(property.delete(leases + "/l-1?at=2026-06-30T18:00:00%2B08:00").header("ETag"))
        .isEqualTo(ended.header("ETag"));

    assertThat(property.get(leases + "/l-1").json()).hasSize(3);
    assertThat(property.get(leases + "?at=2026-06-01T00:00:00Z").json().path("items")).hasSize(1);
    assertThat(property.get(leases + "?at=2026-07-01T00:00:00Z").json().path("items")).isEmpty();
    assertThat(property.get(leases + "?ended=true&unit=1-101").json().path("items")).hasSize(1);
    assertThat(property.get(leases + "?ended=true&person=p-2").json().path("items")).isEmpty();
  }

  @Test
  void everyVersionReachesTheModelsOnceAndInOrder() {
    String etag = property.put(leases + "/l-1", LEASE).header("ETag");
    for (int year = 2098; year < 2103; year++) {
      etag =
          property
              .put(leases + "/l-1", LEASE.replace("2097-01-01", year + "-01-01"), "If-Match", etag)
              .header("ETag");
    }
    await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select id from site.registry_entry where community = ?"
                            + " and published_at is null",
                        community)
                    .isEmpty());
    List<Lease> published = published();
    assertThat(published)
        .extracting(lease -> String.valueOf(lease.entry().validTo()).substring(0, 4))
        .containsExactly("2097", "2098", "2099", "2100", "2101", "2102");
    assertThat(published).extracting(Lease::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "lease,l-1,'\"lease\":\"l-2\",\"unit\":\"u\",\"tenant\":\"p\"',thing",
    "lease,l-1,'\"lease\":\"l-1\",\"unit\":\"../u\",\"tenant\":\"p\"',unit",
    "lease,l-1,'\"lease\":\"l-1\",\"unit\":\"u\",\"tenant\":\"p\",\"role\":\"POLICE\"',role",
    "lease,l-1,'\"lease\":\"l-1\",\"unit\":\"u\",\"tenant\":\"p\",\"community\":\"hilltop\"',community",
    "lease,l-1,'\"lease\":7,\"unit\":\"u\",\"tenant\":\"p\"',lease",
    "vehicle,京A1234,'\"plate\":\"京A1234\"',plate",
    "care-enrolment,p,'\"person\":\"p\",\"unit\":\"u\"',contacts",
    "visitor-pass,v,'\"pass\":\"v\",\"host\":\"p\",\"unit\":\"u\",\"uses\":5000',uses"
  })
  void s13WhatIsWrongIsNamedAndNothingIsRecorded(
      String kind, String thing, String fields, String field) {
    Client.Answer answer =
        property.put(
            "/api/v1/registry/" + community + "/" + kind + "/" + encoded(thing),
            "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"validTo\":\"2026-01-20T00:00:00Z\",\"fields\":{"
                + fields
                + "}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    assertThat(
            Platform.get()
                .texts("select id from site.registry_entry where community = ?", community))
        .isEmpty();
  }

  @Test
  void aDeviceAndItsPlaceAreRegisteredAndKnownToDoors() {
    Client operations = Client.of(TestSite.account("OPERATIONS", community));
    String site = "/api/v1/registry/" + community;
    assertThat(
            operations
                .put(
                    site + "/community/" + community,
                    "{\"fields\":{\"name\":\"河畔\",\"district\":\"370102\",\"timeZone\":\"Asia/Shanghai\"}}")
                .status())
        .isEqualTo(201);
    assertThat(
            operations
                .put(
                    site + "/place/gate",
                    "{\"fields\":{\"id\":\"gate\",\"kind\":\"DOOR\",\"name\":\"North gate\"}}")
                .status())
        .isEqualTo(201);
    assertThat(
            operations
                .put(
                    site + "/device/gate-1",
                    "{\"fields\":{\"id\":\"gate-1\",\"place\":\"gate\",\"kind\":\"access-terminal\"}}")
                .status())
        .isEqualTo(201);
    await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select d.id from site.device d join site.place p on p.community ="
                            + " d.community and p.id = d.place where d.community = ? and d.active",
                        community)
                    .equals(List.of("gate-1")));
    assertThat(operations.get(site + "/lease").status()).isEqualTo(403);
    assertThat(operations.get(site + "/device").json().path("items")).hasSize(1);
    assertThat(operations.delete(site + "/device/gate-1").code()).isEqualTo("registry-no-end");
  }

  @Test
  void whoIsNotChargedWithItChangesNothing() {
    Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
    assertThat(guard.put(leases + "/l-1", LEASE).status()).isEqualTo(403);
    assertThat(guard.get(leases).status()).isEqualTo(200);
    assertThat(guard.get(leases + "/export").status()).isEqualTo(403);
    Client operator = Client.of(TestSite.accountWithDuty("PROPERTY", "OPERATOR", community));
    assertThat(operator.put(leases + "/l-1", LEASE).status()).isEqualTo(201);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get(leases + "/l-1").status()).isEqualTo(404);
    assertThat(stranger.put(leases + "/l-9", LEASE.replace("l-1", "l-9")).status()).isEqualTo(404);
    assertThat(stranger.delete(leases + "/l-1").status()).isEqualTo(404);
    assertThat(property.get("/api/v1/registry/" + community + "/watch-order").status())
        .isEqualTo(404);
  }

  @Test
  void aFileIsImportedAsAWholeOrNotAtAllAndExportsAsItWasImported() {
    String header = "lease,unit,tenant,credentials,validFrom,validTo\r\n";
    String good =
        header
            + "l-1,1-101,p-1,c-1;c-2,2026-01-01T00:00:00Z,2097-01-01T00:00:00Z\r\n"
            + "l-2,1-102,p-2,,2026-01-01T00:00:00Z,2097-01-01T00:00:00Z\r\n";
    String bad = good + "l-3,1-103,p-3,,2026-01-01T00:00:00Z,\r\nl-4,\"=1+1\",p-4,,soon,later\r\n";

    Client.Answer refused = send(bad, "/import");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("faults"))
        .extracting(one -> one.path("row").asInt() + " " + one.path("field").asString())
        .containsExactly("4 validTo", "5 validFrom");
    assertThat(refused.json().at("/faults/0/text").asString()).isNotEmpty();
    assertThat(property.get(leases + "?ended=true").json().path("items")).isEmpty();

    Client.Answer tried = send(good, "/import?dryRun=true");
    assertThat(tried.json().path("created").asInt()).isEqualTo(2);
    assertThat(property.get(leases + "?ended=true").json().path("items")).isEmpty();

    assertThat(send(good, "/import").json().path("created").asInt()).isEqualTo(2);
    assertThat(send(good, "/import").json().path("unchanged").asInt()).isEqualTo(2);
    assertThat(send(good.replace("p-2", "p-9"), "/import").json().path("changed").asInt())
        .isEqualTo(1);

    String exported =
        property.get(leases + "/export", "Accept", "text/csv").body().replace("\uFEFF", "");
    assertThat(exported).contains("\"l-1\",\"1-101\",\"p-1\",\"c-1;c-2\"");
    assertThat(send(exported, "/import").json().path("unchanged").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lease",
        "no,such,header\r\n1,2,3\r\n",
        "lease,unit\r\n\"unclosed",
        "lease,unit,tenant\r\nl-1\r\n",
        "\0\0\0",
        "PK\u0003\u0004../../etc/passwd",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
      })
  void s17AFileThatIsNoneIsRefusedAndChangesNothing(String file) {
    Client.Answer answer = send(file, "/import");
    assertThat(answer.status()).isIn(200, 400, 422);
    assertThat(property.get(leases + "?ended=true").json().path("items")).isEmpty();
  }

  @Test
  void s17NothingButATableIsTaken() {
    for (String type : java.util.List.of("application/zip", "image/svg+xml", "text/html")) {
      assertThat(property.post(leases + "/import", "lease", "Content-Type", type).status())
          .as(type)
          .isEqualTo(415);
    }
  }

  @Test
  void s7AnExportedCellIsNeverAFormula() {
    String list = "/api/v1/registry/" + community + "/list-membership";
    assertThat(
            property
                .put(
                    list + "/" + encoded("=cmd:p-1"),
                    "{\"fields\":{\"list\":\"=cmd\",\"subject\":\"p-1\"}}")
                .status())
        .isEqualTo(201);
    assertThat(property.get(list + "/export", "Accept", "text/csv").body()).contains("\"'=cmd\"");
  }

  private Client.Answer send(String csv, String to) {
    return property.post(leases + to, csv, "Content-Type", "text/csv");
  }

  private static String encoded(String thing) {
    return java.net.URLEncoder.encode(thing, java.nio.charset.StandardCharsets.UTF_8);
  }

  private List<Lease> published() {
    List<Lease> leases = new ArrayList<>();
    Properties properties = new Properties();
    properties.put("bootstrap.servers", Platform.get().kafkaServers());
    properties.put("group.id", UUID.randomUUID().toString());
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions =
          kafka.partitionsFor(Topic.FACTS.topicName()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      var ends = kafka.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> kafka.position(one) < ends.get(one))) {
        kafka
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  byte[] value = record.value();
                  if (value != null
                      && decode(value) instanceof Lease lease
                      && lease.community().equals(community)) {
                    leases.add(lease);
                  }
                });
      }
    }
    leases.sort(java.util.Comparator.comparing(Lease::time));
    return leases;
  }

  private static gatehouse.fact.Fact decode(byte[] value) {
    try {
      return FactCodec.decode(value);
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }
}
