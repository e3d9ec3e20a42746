/** What is known of the site of a log: places, areas, ways, rules, facts, settings. */
@NullMarked
package gatehouse.replay.site;

import org.jspecify.annotations.NullMarked;
