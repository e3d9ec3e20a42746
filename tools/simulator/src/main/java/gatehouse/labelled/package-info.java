/**
 * The labelled city: communities whose people, vehicles and things are known, what devices make of
 * them, and what went wrong with whom and when. Everything follows from a seed.
 *
 * <p>It is what the models are measured against, so it knows nothing of them: no code, constant or
 * distribution is shared (a test keeps the wall). Data flows one way: {@code people} and {@code
 * estate} are drawn, {@code routine} and {@code scenario} make physical acts of them ({@code act}),
 * {@code observe} turns acts into what devices report, with everything devices get wrong.
 */
@NullMarked
package gatehouse.labelled;

import org.jspecify.annotations.NullMarked;
