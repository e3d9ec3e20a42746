/** News of the police for communities (警务资讯). */
@NullMarked
package gatehouse.api.news;

import org.jspecify.annotations.NullMarked;
