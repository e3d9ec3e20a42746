package gatehouse.api.site;

import gatehouse.api.store.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What people call communities and places; the id where nothing else is known. */
@Component
public final class SiteNames {

  /**
   * The names of these places.
   *
   * @param places as {@code community/place}
   * @return by {@code community/place}
   */
  public Map<String, String> places(Transaction tx, Collection<String> places) {
    Map<String, String> names = new HashMap<>();
    if (places.isEmpty()) {
      return names;
    }
    tx.query(
            """
            select p.community || '/' || p.id as key, p.name
            from unnest(:places::text[]) as asked (key)
            join site.place p on p.community = split_part(asked.key, '/', 1)
              and p.id = substr(asked.key, length(split_part(asked.key, '/', 1)) + 2)
            where p.name <> ''
            """)
        .bind("places", places.stream().distinct().toArray(String[]::new))
        .map((row, context) -> Map.entry(row.getString("key"), row.getString("name")))
        .forEach(name -> names.put(name.getKey(), name.getValue()));
    return names;
  }
}
