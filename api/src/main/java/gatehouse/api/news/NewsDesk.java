package gatehouse.api.news;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The police write news: one drafts, a supervisor who did not write it publishes. */
@Component
final class NewsDesk {

  private final Store store;
  private final NewsStore news;
  private final AuditLog audit;

  NewsDesk(@Qualifier("requests") Store store, NewsStore news, AuditLog audit) {
    this.store = store;
    this.news = news;
    this.audit = audit;
  }

  /** Who acts, from where, and when. */
  record Caller(Account account, String address, Instant now) {}

  /** What is written. */
  record Draft(
      List<String> communities, News.Text zh, News.Text en, Instant publishAt, Instant expiresAt) {}

  /**
   * Writes a draft, or changes one.
   *
   * @param ifMatch needed to change what exists
   */
  News draft(Caller caller, UUID id, Draft draft, @Nullable String ifMatch) {
    Account account = caller.account();
    if (!draft.communities().stream().allMatch(account::sees)) {
      throw Refusal.notFound();
    }
    return store.in(
        account.scope(),
        tx -> {
          News before = news.hold(tx, id).orElse(null);
          News next = written(caller, id, draft, before);
          if (before == null) {
            if (!news.add(tx, next)) {
              throw Refusal.of(HttpStatus.CONFLICT, "news-id-used");
            }
          } else if (same(before, next)) {
            return before;
          } else {
            Precondition.ifMatch(ifMatch).check(before.etag());
            requireState(before, NewsState.DRAFT);
            news.save(tx, next);
          }
          audit(tx, caller, next, "news.draft", "");
          return next;
        });
  }

  /** A supervisor publishes what somebody else drafted. */
  News publish(Caller caller, UUID id, @Nullable String ifMatch) {
    return store.in(
        caller.account().scope(),
        tx -> {
          News before = require(tx, caller, id);
          if (before.state() == NewsState.PUBLISHED) {
            return before;
          }
          Precondition.ifMatch(ifMatch).check(before.etag());
          requireState(before, NewsState.DRAFT);
          if (before.draftedBy().equals(caller.account().id())) {
            throw Refusal.of(HttpStatus.CONFLICT, "news-own-draft");
          }
          News after =
              changed(before, NewsState.PUBLISHED, caller.account().id(), "", caller.now());
          news.save(tx, after);
          audit(tx, caller, after, "news.publish", "");
          return after;
        });
  }

  /** A supervisor takes it back; readers see why. */
  News withdraw(Caller caller, UUID id, String reason) {
    return store.in(
        caller.account().scope(),
        tx -> {
          News before = require(tx, caller, id);
          if (before.state() == NewsState.WITHDRAWN) {
            return before;
          }
          News after =
              changed(before, NewsState.WITHDRAWN, before.publishedBy(), reason, caller.now());
          news.save(tx, after);
          audit(tx, caller, after, "news.withdraw", reason);
          return after;
        });
  }

  private News require(Transaction tx, Caller caller, UUID id) {
    News found = news.hold(tx, id).orElseThrow(Refusal::notFound);
    if (!caller.account().may(Duty.SUPERVISOR)) {
      throw Refusal.notAllowed();
    }
    if (!found.communities().stream().allMatch(caller.account()::sees)) {
      throw Refusal.notFound();
    }
    return found;
  }

  private static News written(Caller caller, UUID id, Draft draft, @Nullable News before) {
    return new News(
        id,
        before == null ? 1 : before.version() + 1,
        draft.communities(),
        draft.zh(),
        draft.en(),
        draft.publishAt(),
        draft.expiresAt(),
        NewsState.DRAFT,
        caller.account().id(),
        null,
        "",
        caller.now());
  }

  private static News changed(
      News before, NewsState state, @Nullable UUID publishedBy, String reason, Instant now) {
    return new News(
        before.id(),
        before.version() + 1,
        before.communities(),
        before.zh(),
        before.en(),
        before.publishAt(),
        before.expiresAt(),
        state,
        before.draftedBy(),
        publishedBy,
        reason,
        now);
  }

  /** The same wish, sent again. */
  private static boolean same(News before, News next) {
    return before.state() == NewsState.DRAFT
        && before.communities().equals(next.communities())
        && before.zh().equals(next.zh())
        && before.en().equals(next.en())
        && before.publishAt().equals(next.publishAt())
        && before.expiresAt().equals(next.expiresAt());
  }

  private static void requireState(News before, NewsState state) {
    if (before.state() != state) {
      throw Refusal.of(HttpStatus.CONFLICT, "news-no-draft");
    }
  }

  private void audit(Transaction tx, Caller caller, News about, String action, String reason) {
    for (String community : about.communities()) {
      audit.append(
          tx,
          new AuditLog.Entry(
              community,
              caller.account().username(),
              caller.account().role().name(),
              caller.address(),
              action,
              "news " + about.id(),
              "DONE",
              reason));
    }
  }
}
