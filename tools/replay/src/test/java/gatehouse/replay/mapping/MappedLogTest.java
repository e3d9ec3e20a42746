package gatehouse.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.AccessEvent;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.replay.log.BadRow;
import gatehouse.replay.yaml.DocumentException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedLogTest {

  private final Path dir;
  private final Stations stations = new Stations(Map.of());

  MappedLogTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void sortsByTimeAndKeepsTiesInTheOrderOfTheFile() throws IOException {
    MappedLog log =
        read(
            """
            time: t
            event: {place: door, subject: who}
            """,
            """
            t,door,who
            2024-01-01 09:00,a,late
            2024-01-01 08:00,a,first
            2024-01-01 08:00,a,second
            2024-01-01 08:00,a,third
            """);

    assertThat(log.events())
        .extracting(logged -> ((AccessEvent) logged.event()).credential())
        .containsExactly("first", "second", "third", "late");
    assertThat(log.events()).extracting(LoggedEvent::line).containsExactly(3, 4, 5, 2);
    assertThat(log.events().get(0).event().id()).isEqualTo("r00000003");
    assertThat(log.events().stream().limit(3).map(logged -> logged.event().origin().seq()))
        .isSorted();
  }

  @Test
  void reportsBadRowsAndGoesOn() throws IOException {
    MappedLog log =
        read(
            """
            time: t
            event: {place: door, subject: who, direction: way}
            """,
            """
            t,door,who,way
            yesterday,a,x,in
            2024-01-01 08:00,,x,in
            2024-01-01 08:00,a,x,sideways
            2024-01-01 08:00,a
            2024-01-01 08:00,a,x,exit
            """);

    assertThat(log.rows()).isEqualTo(5);
    assertThat(log.badRows()).isEqualTo(4);
    assertThat(log.firstBadRows()).extracting(BadRow::line).containsExactly(2, 3, 4, 5);
    assertThat(log.firstBadRows())
        .extracting(BadRow::reason)
        .element(2)
        .asString()
        .contains("'sideways'", "direction", "IN, OUT, UNKNOWN");
    assertThat(log.firstBadRows())
        .extracting(BadRow::reason)
        .element(3)
        .asString()
        .contains("2 columns");
    assertThat(log.events()).hasSize(1);
    assertThat(((AccessEvent) log.events().get(0).event()).direction()).isEqualTo(Direction.OUT);
  }

  @Test
  void oneRowMeansDifferentThingsByAColumn() throws IOException {
    MappedLog log =
        read(
            """
            time: {column: 时间, format: yyyy-MM-dd HH:mm:ss, zone: Asia/Shanghai}
            csv: {encoding: GBK}
            ignore:
              - {事件: [心跳, {}]}
            event: {place: 门}
            events:
              - when: {事件: {matches: 刷卡.*}}
                kind: access
                subject: 卡号
                credentialType: card
                outcome: {column: 事件, values: {刷卡开门: granted}, otherwise: denied}
                reason: {column: 事件, values: {刷卡权限不足: WRONG_PLACE}, otherwise: none}
              - when: {事件: [门打开, 门关闭]}
                kind: door
                change: {column: 事件, values: {门打开: OPENED, 门关闭: CLOSED}}
            """
                .replace("[心跳, {}]", "心跳"),
            """
            时间,门,卡号,事件
            2024-01-01 08:00:00,1号楼东门,00123,刷卡开门
            2024-01-01 08:00:01,1号楼东门,,门打开
            2024-01-01 08:00:02,1号楼东门,,心跳
            2024-01-01 08:00:03,2号楼,00124,刷卡权限不足
            2024-01-01 08:00:04,2号楼,,重启
            """,
            Charset.forName("GBK"));

    assertThat(log.ignored()).isEqualTo(1);
    assertThat(log.badRows()).isEqualTo(1);
    AccessEvent granted = (AccessEvent) log.events().get(0).event();
    assertThat(granted.credential()).isEqualTo("00123");
    assertThat(granted.outcome()).isEqualTo(Outcome.GRANTED);
    assertThat(granted.time()).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(((DoorEvent) log.events().get(1).event()).change())
        .isEqualTo(DoorEvent.Change.OPENED);
    AccessEvent denied = (AccessEvent) log.events().get(2).event();
    assertThat(denied.reason()).isEqualTo(DenialReason.WRONG_PLACE);
    assertThat(stations.placeNames()).containsValues("1号楼东门", "2号楼").hasSize(2);
    assertThat(stations.placeNames().keySet())
        .allMatch(id -> id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"));
  }

  @Test
  void aVisitOfAParkingSystemIsTwoEvents() throws IOException {
    MappedLog log =
        read(
            """
            time: {format: dd/MM/yyyy HH:mm}
            match: all
            event: {kind: plate, subject: plate, confidence: conf, vehicleColour: colour}
            events:
              - {time: in, place: gate in, direction: in}
              - when: {out: {empty: false}}
                time: out
                place: gate out
                direction: out
            """,
            """
            plate,colour,conf,in,gate in,out,gate out
            京A·12345,white,97%,31/12/2023 23:50,North,01/01/2024 00:20,South
            京B12345,black,0.5,31/12/2023 23:55,North,,
            """);

    assertThat(log.events())
        .extracting(logged -> logged.event().id())
        .containsExactly("r00000002", "r00000003", "r00000002.2");
    PlateRead read = (PlateRead) log.events().get(0).event();
    assertThat(read.plate()).isEqualTo("京A12345");
    assertThat(read.confidence()).isEqualTo(0.97);
    assertThat(log.events())
        .extracting(logged -> logged.event().place().id())
        .containsExactly("North", "North", "South");
  }

  @Test
  void joinsColumnsAndTranslatesByPattern() throws IOException {
    MappedLog log =
        read(
            """
            csv: {header: false}
            time: 1
            event:
              kind: track
              subject: 3
              place: {columns: [4, 5], join: "/"}
              subjectType: {column: 3, values: {"/([a-z]+)\\\\d+/": "dept-$1"}, otherwise: unknown}
              count: 6
            """,
            """
            2016-05-31 08:00,mobile-prox,jsmith001,2,4,3
            2016-05-31 08:01,mobile-prox,???,2,Lobby,1
            """);

    TrackSighting first = (TrackSighting) log.events().get(0).event();
    assertThat(stations.placeNames()).containsValues("2/4", "2/Lobby");
    assertThat(first.subjectType()).isEqualTo("dept-jsmith");
    assertThat(first.count()).isEqualTo(3);
    assertThat(((TrackSighting) log.events().get(1).event()).subjectType()).isEqualTo("unknown");
  }

  @Test
  void saysWhichColumnTheLogDoesNotHave() {
    assertThatThrownBy(
            () -> read("time: tiem\nevent: {place: door}\n", "time,door\n2024-01-01 08:00,a\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("mapping.yaml line 1")
        .hasMessageContaining("'tiem'")
        .hasMessageContaining("Maybe 'time' is meant");
  }

  @Test
  void suspectsTheDelimiterWhenThereIsOnlyOneColumn() {
    assertThatThrownBy(
            () -> read("time: time\nevent: {place: door}\n", "time;door\n2024-01-01 08:00;a\n"))
        .hasMessageContaining("Maybe the delimiter or the encoding is another");
  }

  @Test
  void reportsBytesOfAnotherEncoding() throws IOException {
    MappedLog log =
        read(
            "time: time\nevent: {place: door}\n",
            "time,door\n2024-01-01 08:00,东门\n",
            Charset.forName("GBK"));

    assertThat(log.firstBadRows())
        .singleElement()
        .extracting(BadRow::reason)
        .asString()
        .contains("encoding");
  }

  @Test
  void refusesAKeyThatNobodyKnows() {
    assertThatThrownBy(() -> read("time: t\nevent:\n  place: p\n  directon: d\n", "t,p,d\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("line 4")
        .hasMessageContaining("Maybe 'direction' is meant");
  }

  @Test
  void aReaderThatIsCarriedAroundIsAnotherDeviceAtEachPlace() throws IOException {
    MappedLog log =
        read(
            "time: t\nevent: {device: reader, place: room, subject: who}\n",
            """
            t,reader,room,who
            2024-01-01 08:00,robot,A,x
            2024-01-01 08:01,robot,B,x
            2024-01-01 08:02,robot,A,x
            """);

    List<DeviceEvent> events = log.events().stream().map(LoggedEvent::event).toList();
    assertThat(events.get(0).device()).isEqualTo(events.get(2).device()).isEqualTo("robot");
    assertThat(events.get(1).device()).isNotEqualTo("robot");
    assertThat(stations.devices()).hasSize(2);
  }

  private MappedLog read(String mapping, String log) throws IOException {
    return read(mapping, log, StandardCharsets.UTF_8);
  }

  private MappedLog read(String mapping, String log, Charset encoding) throws IOException {
    Path file = dir.resolve("log.csv");
    Files.write(file, log.getBytes(encoding));
    return MappedLog.read(
        file.toString(),
        new MappingReader(ZoneId.of("UTC")).parse("mapping.yaml", mapping),
        "replay",
        stations,
        Instant.MIN,
        Instant.MAX);
  }
}
