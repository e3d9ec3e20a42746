package gatehouse.api.police;

import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers questions from the event store. The transaction must act in the case: the database shows
 * nothing outside its scope.
 */
@Component
final class Passages {

  /** No answer has more rows. */
  static final int MOST_ROWS = 1_000;

  /** At most one row more than {@link #MOST_ROWS}. */
  List<Passage> answer(Transaction tx, Question question, CaseScope scope) {
    return switch (Objects.requireNonNull(question.kind())) {
      case SUBJECT -> ofSubject(tx, question, scope);
      case PLACE -> at(tx, Objects.requireNonNull(question.spots()).get(0));
      case COLLISION -> atAll(tx, Objects.requireNonNull(question.spots()));
    };
  }

  private static List<Passage> ofSubject(Transaction tx, Question question, CaseScope scope) {
    return tx.query(
            """
            select e.time, e.community, e.place, e.device, e.id, e.subject_type, e.subject,
              e.direction, e.outcome, coalesce(nullif(p.name, ''), e.place) as place_name
            from event.log e
            left join site.place p on p.community = e.community and p.id = e.place
            where e.passage and e.community = any (:communities)
              and (:community::text is null or e.community = :community)
              and e.subject_type = :type and e.subject = :subject
              and e.time >= :from and e.time < :to
            order by e.time desc, e.community, e.device, e.id limit :limit
            """)
        .bind("communities", scope.communities().toArray(String[]::new))
        .bind("community", question.community())
        .bind("type", question.subjectType())
        .bind("subject", question.subject())
        .bind("from", question.from() == null ? scope.opens() : question.from())
        .bind("to", question.to() == null ? scope.ends() : question.to())
        .bind("limit", MOST_ROWS + 1)
        .map((row, context) -> Passage.read(row))
        .list();
  }

  private static List<Passage> at(Transaction tx, Question.Spot spot) {
    return tx.query(
            """
            select e.time, e.community, e.place, e.device, e.id, e.subject_type, e.subject,
              e.direction, e.outcome, coalesce(nullif(p.name, ''), e.place) as place_name
            from event.log e
            left join site.place p on p.community = e.community and p.id = e.place
            where e.passage and e.community = :community and e.place = :place
              and e.time >= :from and e.time < :to
            order by e.time desc, e.device, e.id limit :limit
            """)
        .bind("community", spot.community())
        .bind("place", spot.place())
        .bind("from", spot.from())
        .bind("to", spot.to())
        .bind("limit", MOST_ROWS + 1)
        .map((row, context) -> Passage.read(row))
        .list();
  }

  /**
   * A plate is the same everywhere. Credentials and tags are only known to be the same within a
   * community. Faces are not joined across cameras at all.
   */
  private static List<Passage> atAll(Transaction tx, List<Question.Spot> spots) {
    return tx.query(
            """
            with spot as (
              select * from unnest(:communities::text[], :places::text[],
                :froms::timestamptz[], :tos::timestamptz[])
                with ordinality s (community, place, opens, ends, number)),
            seen as (
              select distinct on (e.subject_type, e.subject, e.community, s.number) e.*, s.number,
                case when e.subject_type = 'plate' then '' else e.community end as known_in
              from spot s
              join event.log e on e.community = s.community and e.place = s.place
                and e.time >= s.opens and e.time < s.ends
              where e.passage and e.subject <> '' and e.subject_type in ('plate', 'credential', 'tag')
              order by e.subject_type, e.subject, e.community, s.number, e.time),
            common as (
              select subject_type, subject, known_in from seen
              group by 1, 2, 3 having count(distinct number) = :spots)
            select e.time, e.community, e.place, e.device, e.id, e.subject_type, e.subject,
              e.direction, e.outcome, coalesce(nullif(p.name, ''), e.place) as place_name
            from seen e join common using (subject_type, subject, known_in)
            left join site.place p on p.community = e.community and p.id = e.place
            order by e.subject_type, e.subject, e.number limit :limit
            """)
        .bind("communities", texts(spots, Question.Spot::community))
        .bind("places", texts(spots, Question.Spot::place))
        .bind("froms", texts(spots, Question.Spot::from))
        .bind("tos", texts(spots, Question.Spot::to))
        .bind("spots", spots.size())
        .bind("limit", MOST_ROWS + 1)
        .map((row, context) -> Passage.read(row))
        .list();
  }

  private static String[] texts(
      List<Question.Spot> spots, Function<Question.Spot, @Nullable Object> part) {
    return spots.stream().map(part).map(String::valueOf).toArray(String[]::new);
  }
}
