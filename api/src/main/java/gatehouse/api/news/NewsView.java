package gatehouse.api.news;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of news, as a reader or the police see it.
 *
 * @param zh null if it was taken back
 * @param en null if it was taken back
 * @param listed for the police: accounts that got it in a list; null if they are fewer than five
 * @param opened for the police: accounts that opened it; null if they are fewer than five
 */
record NewsView(
    UUID id,
    List<String> communities,
    News.@Nullable Text zh,
    News.@Nullable Text en,
    Instant publishAt,
    Instant expiresAt,
    NewsState state,
    String withdrawnFor,
    @Nullable Long listed,
    @Nullable Long opened) {

  /** Fewer could be told apart by whoever knows some of them. */
  static final int FEWEST_COUNTED = 5;

  /** For readers; only the communities that are the reader's, too. */
  static NewsView forReader(News news, List<String> communities) {
    boolean gone = news.state() == NewsState.WITHDRAWN;
    return new NewsView(
        news.id(),
        communities,
        gone ? null : news.zh(),
        gone ? null : news.en(),
        news.publishAt(),
        news.expiresAt(),
        news.state(),
        news.withdrawnFor(),
        null,
        null);
  }

  static NewsView forPolice(News news, NewsStore.Counts counts) {
    return new NewsView(
        news.id(),
        news.communities(),
        news.zh(),
        news.en(),
        news.publishAt(),
        news.expiresAt(),
        news.state(),
        news.withdrawnFor(),
        floored(counts.listed()),
        floored(counts.opened()));
  }

  private static @Nullable Long floored(long count) {
    return count < FEWEST_COUNTED ? null : count;
  }
}
