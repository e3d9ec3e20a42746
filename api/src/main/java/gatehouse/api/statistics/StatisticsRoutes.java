package gatehouse.api.statistics;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reports, as JSON and as CSV. They have connections of their own: a slow report waits for nobody's
 * door, and no door waits for it.
 */
@RestController
@RequestMapping("/api/v1/statistics")
class StatisticsRoutes {

  private static final String CSV = "text/csv;charset=UTF-8";

  private final Store store;
  private final DoorReport doors;
  private final DeviceReport devices;
  private final ResponseReport responses;
  private final Clock clock;

  StatisticsRoutes(
      @Qualifier("reports") Store store,
      DoorReport doors,
      DeviceReport devices,
      ResponseReport responses,
      Clock clock) {
    this.store = store;
    this.doors = doors;
    this.devices = devices;
    this.responses = responses;
    this.clock = clock;
  }

  private interface Report<R> {

    List<R> rows(Transaction tx, Period period, @Nullable String community);
  }

  /** Rates of forced, held and tailgated doors; 92 days at most. */
  @GetMapping("/doors")
  ItemList<DoorReport.Row> doors(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return new ItemList<>(run(doors::rows, account, community, from, to));
  }

  /** The same as a file. */
  @GetMapping(path = "/doors.csv", produces = CSV)
  ResponseEntity<String> doorsFile(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return file(
        "doors",
        DoorReport.Row.header(),
        run(doors::rows, account, community, from, to),
        DoorReport.Row::line);
  }

  /** Uptime of devices; 92 days at most. */
  @GetMapping("/devices")
  ItemList<DeviceReport.Row> devices(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return new ItemList<>(run(devices::rows, account, community, from, to));
  }

  /** The same as a file. */
  @GetMapping(path = "/devices.csv", produces = CSV)
  ResponseEntity<String> devicesFile(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return file(
        "devices",
        DeviceReport.Row.header(),
        run(devices::rows, account, community, from, to),
        DeviceReport.Row::line);
  }

  /** How fast alerts are taken and closed; 92 days at most. */
  @GetMapping("/response")
  ItemList<ResponseReport.Row> responses(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return new ItemList<>(run(responses::rows, account, community, from, to));
  }

  /** The same as a file. */
  @GetMapping(path = "/response.csv", produces = CSV)
  ResponseEntity<String> responsesFile(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account) {
    return file(
        "response",
        ResponseReport.Row.header(),
        run(responses::rows, account, community, from, to),
        ResponseReport.Row::line);
  }

  private <R> List<R> run(
      Report<R> report,
      Account account,
      @Nullable String community,
      @Nullable String from,
      @Nullable String to) {
    account.requireAtProperty(Duty.OPERATOR);
    String in = Inputs.id("community", community);
    Period period = Period.of(from, to, clock.instant());
    return store.in(account.scope(), tx -> report.rows(tx, period, in));
  }

  private static <R> ResponseEntity<String> file(
      String name, String header, List<R> rows, Function<R, String> line) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"")
        // Spreadsheets take the file for UTF-8 only with this mark.
        .body("\uFEFF" + header + rows.stream().map(line).collect(Collectors.joining()));
  }
}
