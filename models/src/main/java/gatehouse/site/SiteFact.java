package gatehouse.site;

import gatehouse.fact.Fact;

/** Where something is. The newest entry that holds at a time is the one that counts. */
public sealed interface SiteFact extends Fact permits Community, Building, PlaceEntry, Device {}
