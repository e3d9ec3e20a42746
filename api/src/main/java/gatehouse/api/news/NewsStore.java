package gatehouse.api.news;

import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** News in the database, as the scope of a transaction may see it. */
@Component
final class NewsStore {

  /** How many accounts got a piece of news in a list, and how many opened it. */
  record Counts(long listed, long opened) {}

  Optional<News> find(Transaction tx, UUID id) {
    return tx.query("select * from dialogue.news where id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Waits for whoever changes it at the same time. */
  Optional<News> hold(Transaction tx, UUID id) {
    return tx.query("select * from dialogue.news where id = :id for update")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * News by the time of publication, the newest first.
   *
   * @param readAt only what readers see at this time; null: all
   */
  List<News> list(
      Transaction tx,
      @Nullable Instant readAt,
      @Nullable Instant before,
      @Nullable UUID beforeId,
      int most) {
    return tx.query(
            """
            select * from dialogue.news
            where (:readAt::timestamptz is null
                or publish_at <= :readAt::timestamptz and expires_at > :readAt::timestamptz)
              and (:before::timestamptz is null
                or (publish_at, id) < (:before::timestamptz, :beforeId::uuid))
            order by publish_at desc, id desc limit :most
            """)
        .bind("readAt", readAt)
        .bind("before", before)
        .bind("beforeId", beforeId)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  /**
   * Adds a draft, unless the id is there.
   *
   * @return whether it was added
   */
  boolean add(Transaction tx, News news) {
    return tx.update(
                """
                insert into dialogue.news (id, version, communities, title_zh, title_en, body_zh,
                  body_en, publish_at, expires_at, drafted_by, changed_at)
                values (:id, :version, :communities, :titleZh, :titleEn, :bodyZh, :bodyEn,
                  :publishAt, :expiresAt, :draftedBy, :changedAt)
                on conflict do nothing
                """)
            .bind("id", news.id())
            .bind("version", news.version())
            .bind("communities", news.communities().toArray(String[]::new))
            .bind("titleZh", news.zh().title())
            .bind("titleEn", news.en().title())
            .bind("bodyZh", news.zh().body())
            .bind("bodyEn", news.en().body())
            .bind("publishAt", news.publishAt())
            .bind("expiresAt", news.expiresAt())
            .bind("draftedBy", news.draftedBy())
            .bind("changedAt", news.changedAt())
            .execute()
        == 1;
  }

  /** Writes what may change; the one who holds it has counted the version up. */
  void save(Transaction tx, News news) {
    tx.update(
            """
            update dialogue.news set version = :version, communities = :communities,
              title_zh = :titleZh, title_en = :titleEn, body_zh = :bodyZh, body_en = :bodyEn,
              publish_at = :publishAt, expires_at = :expiresAt, state = :state,
              drafted_by = :draftedBy, published_by = :publishedBy, withdrawn_for = :withdrawnFor,
              changed_at = :changedAt
            where id = :id
            """)
        .bind("id", news.id())
        .bind("version", news.version())
        .bind("communities", news.communities().toArray(String[]::new))
        .bind("titleZh", news.zh().title())
        .bind("titleEn", news.en().title())
        .bind("bodyZh", news.zh().body())
        .bind("bodyEn", news.en().body())
        .bind("publishAt", news.publishAt())
        .bind("expiresAt", news.expiresAt())
        .bind("state", news.state().name())
        .bind("draftedBy", news.draftedBy())
        .bind("publishedBy", news.publishedBy())
        .bind("withdrawnFor", news.withdrawnFor())
        .bind("changedAt", news.changedAt())
        .execute();
  }

  /** The account got these in a list. */
  void listed(Transaction tx, UUID account, List<UUID> news, Instant now) {
    tx.update(
            """
            insert into dialogue.news_receipt (news, account, listed_at)
            select id, :account, :now from unnest(:news::uuid[]) as id on conflict do nothing
            """)
        .bind("account", account)
        .bind("now", now)
        .bind("news", news.toArray(UUID[]::new))
        .execute();
  }

  /** The account opened it. */
  void opened(Transaction tx, UUID account, UUID news, Instant now) {
    tx.update(
            """
            insert into dialogue.news_receipt as r (news, account, listed_at, opened_at)
            values (:news, :account, :now, :now)
            on conflict (news, account) do update set opened_at = coalesce(r.opened_at, :now)
            """)
        .bind("account", account)
        .bind("now", now)
        .bind("news", news)
        .execute();
  }

  Counts counts(Transaction tx, UUID news) {
    return tx.query("select listed, opened from dialogue.news_count(:news)")
        .bind("news", news)
        .map((row, context) -> new Counts(row.getLong(1), row.getLong(2)))
        .one();
  }

  private static News read(ResultSet row) throws SQLException {
    return new News(
        row.getObject("id", UUID.class),
        row.getInt("version"),
        List.of((String[]) row.getArray("communities").getArray()),
        new News.Text(row.getString("title_zh"), row.getString("body_zh")),
        new News.Text(row.getString("title_en"), row.getString("body_en")),
        row.getTimestamp("publish_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        NewsState.valueOf(row.getString("state")),
        row.getObject("drafted_by", UUID.class),
        row.getObject("published_by", UUID.class),
        row.getString("withdrawn_for"),
        row.getTimestamp("changed_at").toInstant());
  }
}
