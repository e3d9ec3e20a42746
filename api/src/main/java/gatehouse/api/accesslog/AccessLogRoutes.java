package gatehouse.api.accesslog;

import gatehouse.api.export.Watermark;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who passed where, and who tried. */
@RestController
@RequestMapping("/api/v1")
class AccessLogRoutes {

  private static final int MOST_REVEALED = 50;

  private final AccessLogStore log;
  private final AccessReveal reveal;

  AccessLogRoutes(AccessLogStore log, AccessReveal reveal) {
    this.log = log;
    this.reveal = reveal;
  }

  /** Which rows of a community are to be seen in clear, and why. */
  record Wish(
      @Nullable String community,
      @Nullable String reason,
      @Nullable List<AccessReveal.@Nullable Key> rows) {}

  /**
   * Passages and attempts, newest first: in the caller's communities, or a resident's own by card,
   * phone or face. The police name an open case that they work on, and see what it covers. Looking
   * for one subject needs a reason from the property.
   */
  @GetMapping("/access-log")
  Page<AccessRow> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(name = "case", required = false) @Nullable String caseFile,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    AccessFilter filter = AccessFilter.of(community, place, subject, outcome, from, to);
    int size = Page.size(limit);
    return Page.of(
        log.list(
            account,
            filter,
            new AccessLogStore.Purpose(caseFile, reason(account, subject, reason)),
            Cursor.parse(cursor),
            size,
            request.getRemoteAddr()),
        size,
        row -> row,
        row -> new Cursor(row.time(), row.community() + '/' + row.device() + '/' + row.id()));
  }

  /** Rows in clear, 50 at most: for a reason, which the persons behind them get to see. */
  @PostMapping("/access-log/reveal")
  List<AccessReveal.Revealed> reveal(
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.require(Duty.OPERATOR);
    String reason = Inputs.text("reason", wish.reason());
    String community = Inputs.id("community", wish.community());
    if (reason == null || community == null) {
      throw Refusal.badValue(reason == null ? "reason" : "community");
    }
    if (!account.sees(community)) {
      throw Refusal.notFound();
    }
    return reveal.reveal(account, community, keys(wish.rows()), reason, request.getRemoteAddr());
  }

  /**
   * The same as a file, at most 1 000 rows; more leave with a second person. The police take rows
   * away in the export pack of a case.
   */
  @GetMapping(path = "/access-log.csv", produces = "text/csv;charset=UTF-8")
  void export(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String reason,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      HttpServletResponse response) {
    AccessFilter filter = AccessFilter.of(community, place, subject, outcome, from, to);
    if (account.role() == Role.POLICE) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "export-by-case");
    }
    log.export(
        account,
        filter,
        reason(account, subject, reason),
        request.getRemoteAddr(),
        (mark, rows) -> write(response, mark, rows));
  }

  private static void write(
      HttpServletResponse response, Watermark mark, Consumer<Consumer<AccessRow>> rows) {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"access-log.csv\"");
    response.setHeader(Watermark.HEADER, mark.header());
    try {
      Writer out =
          new BufferedWriter(
              new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
      // Spreadsheets take the file for UTF-8 only with this mark.
      out.write('\uFEFF');
      out.write(mark.line());
      AccessCsv.header(out);
      rows.accept(row -> AccessCsv.row(out, row));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No movement profile of one subject without a recorded reason. */
  private static String reason(Account account, @Nullable String subject, @Nullable String reason) {
    String given = Inputs.text("reason", reason);
    if (given == null
        && Inputs.text("subject", subject) != null
        && account.role() == Role.PROPERTY) {
      throw Refusal.badValue("reason");
    }
    return given == null ? "" : given;
  }

  private static List<AccessReveal.Key> keys(@Nullable List<AccessReveal.@Nullable Key> rows) {
    if (rows == null || rows.isEmpty() || rows.size() > MOST_REVEALED) {
      throw Refusal.badValue("rows");
    }
    List<AccessReveal.Key> keys = new ArrayList<>();
    for (AccessReveal.Key key : rows) {
      if (key == null
          || key.device() == null
          || key.id() == null
          || key.time() == null
          || key.id().indexOf('\0') >= 0
          || key.device().indexOf('\0') >= 0) {
        throw Refusal.badValue("rows");
      }
      keys.add(key);
    }
    return keys;
  }
}
