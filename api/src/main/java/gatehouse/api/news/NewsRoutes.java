package gatehouse.api.news;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.news.NewsDesk.Caller;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** News of the police: written by the police, read by residents and property. */
@RestController
@RequestMapping("/api/v1/news")
class NewsRoutes {

  private static final int MOST_COMMUNITIES = 500;

  private final Store store;
  private final NewsStore news;
  private final NewsDesk desk;
  private final Clock clock;

  NewsRoutes(@Qualifier("requests") Store store, NewsStore news, NewsDesk desk, Clock clock) {
    this.store = store;
    this.news = news;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * A draft: in Chinese, in English, or both; plain text, an empty line between paragraphs.
   *
   * @param publishAt from when it is read, if it is published by then
   */
  record Wish(
      @Nullable List<String> communities,
      @Nullable String titleZh,
      @Nullable String bodyZh,
      @Nullable String titleEn,
      @Nullable String bodyEn,
      @Nullable Instant publishAt,
      @Nullable Instant expiresAt) {}

  /** Why it is taken back. */
  record Reason(@Nullable String reason) {}

  /** What is for the caller's communities now; for the police all of theirs, with the counts. */
  @GetMapping
  Page<NewsView> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    int size = Page.size(limit);
    Cursor from = Cursor.parse(cursor);
    UUID fromId = from == null ? null : Inputs.uuid(from.id());
    boolean police = account.role() == Role.POLICE;
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          List<News> found =
              news.list(
                  tx, police ? null : now, from == null ? null : from.time(), fromId, size + 1);
          if (!police) {
            news.listed(tx, account.id(), found.stream().limit(size).map(News::id).toList(), now);
          }
          return Page.of(
              found,
              size,
              one ->
                  police
                      ? NewsView.forPolice(one, news.counts(tx, one.id()))
                      : NewsView.forReader(one, shared(one, account)),
              one -> new Cursor(one.publishAt(), one.id().toString()));
        });
  }

  /** One of them; a reader who asks for it has opened it. */
  @GetMapping("/{id}")
  ResponseEntity<NewsView> show(@PathVariable String id, @AuthenticationPrincipal Account account) {
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          News found = news.find(tx, Inputs.uuid(id)).orElseThrow(Refusal::notFound);
          if (account.role() == Role.POLICE) {
            return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, found.etag())
                .body(NewsView.forPolice(found, news.counts(tx, found.id())));
          }
          if (now.isBefore(found.publishAt()) || !now.isBefore(found.expiresAt())) {
            throw Refusal.notFound();
          }
          news.opened(tx, account.id(), found.id(), now);
          return ResponseEntity.ok(NewsView.forReader(found, shared(found, account)));
        });
  }

  /** Writes a draft under an id of the caller's choice, or changes it. */
  @PutMapping("/{id}")
  ResponseEntity<NewsView> draft(
      @PathVariable String id,
      @RequestBody Wish wish,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = police(account, request);
    return answer(
        desk.draft(caller, Inputs.uuid(id), checked(wish, caller.now()), ifMatch), account);
  }

  /** A supervisor publishes what somebody else drafted. */
  @PostMapping("/{id}/publish")
  ResponseEntity<NewsView> publish(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return answer(desk.publish(police(account, request), Inputs.uuid(id), ifMatch), account);
  }

  /** A supervisor takes it back. */
  @PostMapping("/{id}/withdraw")
  ResponseEntity<NewsView> withdraw(
      @PathVariable String id,
      @RequestBody Reason reason,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = police(account, request);
    String why = Inputs.text("reason", reason.reason());
    if (why == null) {
      throw Refusal.badValue("reason");
    }
    return answer(desk.withdraw(caller, Inputs.uuid(id), why), account);
  }

  private ResponseEntity<NewsView> answer(News changed, Account account) {
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, changed.etag())
        .body(
            NewsView.forPolice(
                changed, store.in(account.scope(), tx -> news.counts(tx, changed.id()))));
  }

  private static NewsDesk.Draft checked(Wish wish, Instant now) {
    List<String> communities = wish.communities();
    if (communities == null || communities.isEmpty() || communities.size() > MOST_COMMUNITIES) {
      throw Refusal.badValue("communities");
    }
    for (String community : communities) {
      if (Inputs.id("communities", community) == null) {
        throw Refusal.badValue("communities");
      }
    }
    News.Text zh = text("titleZh", wish.titleZh(), "bodyZh", wish.bodyZh());
    News.Text en = text("titleEn", wish.titleEn(), "bodyEn", wish.bodyEn());
    if (zh.equals(News.Text.NONE) && en.equals(News.Text.NONE)) {
      throw Refusal.badValue("titleZh");
    }
    Instant from = wish.publishAt();
    Instant until = wish.expiresAt();
    if (from == null) {
      throw Refusal.badValue("publishAt");
    }
    if (until == null || !until.isAfter(from) || !until.isAfter(now)) {
      throw Refusal.badValue("expiresAt");
    }
    return new NewsDesk.Draft(
        communities.stream().distinct().sorted().toList(),
        zh,
        en,
        from.truncatedTo(ChronoUnit.MICROS),
        until.truncatedTo(ChronoUnit.MICROS));
  }

  /** A title needs a body, and a body a title. */
  private static News.Text text(
      String titleField, @Nullable String title, String bodyField, @Nullable String body) {
    String head = Inputs.text(titleField, title);
    String rest = PlainText.of(bodyField, body);
    if (head == null && rest == null) {
      return News.Text.NONE;
    }
    if (head == null || rest == null) {
      throw Refusal.badValue(head == null ? titleField : bodyField);
    }
    return new News.Text(head, rest);
  }

  /** Of the communities it is for, those that the reader has to do with. */
  private static List<String> shared(News news, Account account) {
    return account.communities().contains(Scope.EVERYWHERE)
        ? news.communities()
        : news.communities().stream().filter(account::sees).toList();
  }

  private Caller police(Account account, HttpServletRequest request) {
    if (account.role() != Role.POLICE) {
      throw Refusal.notAllowed();
    }
    return new Caller(account, request.getRemoteAddr(), now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
