"""Disclosure control: what an edition may not say, once for all its answers.

A *cell* is a group of people: a region's volunteers of one layer and direction in one window, an
age group of a census. Its figures (hours, events, engagements) are hidden or shown together and
wherever they stand, because who knows one of them knows something of a person. A cell of 1–4
persons (1–9 of minors) is hidden; nobody at all is not too few, and null is null.

What is hidden must not be computable either. All tables of an edition are read as one system of
linear equations between cells: regions, directions, layers, formats, windows and maps add up. A
figure that tells of several cells (a share, a worth at public wages) is shown only where all of
them are, so that nothing but sums is left to compute with. Then an exact audit, with what is shown
as known, looks for hidden cells that a chain of sums gives away, and for small cells whose sum is
known and still small; the smallest cell that stands beside is hidden too, and so on until nothing
is found. Elimination rather than bounds on intervals: it is exact for what can be computed, and
fast enough to ask of a whole edition again after each step.

Cells rather than single figures, although hours alone may be harmless: one choice for all figures
of a cell keeps the tables readable, and the equations of all figures together are at least as many
as those of any one, so the audit errs on the careful side.

Beyond what frames tell nothing is known here: formats, months and projects whose reports do not
say how many took part are hidden where the group that they lie in is. So are hours that were stated
for a longer period than any of the edition's, because a later edition may tell that few took part.

An edition that is out is read with the new one, for each measure by itself. Whoever reads both is
taken to know of each figure whether it was altered: what the earlier edition shows and the new one
would show too is known and protects nothing, what both hide is one unknown. It is a leak if that
gives away a figure of a group that is too small in either edition. Who knows less has fewer
equations and learns no more. Where no complement helps, all that is altered around is hidden.

It is no proof: of about a thousand random pairs in which nearly every group is too small, one year
that also corrected its half-year told of a group that it no longer had.

Three things this does not keep secret. How much a correction altered a figure of a large group:
to say that is what an amendment is for. A group that was large in the earlier edition and was shown
there. And what follows from the earlier edition, from knowing what was left as it was, and from
which groups there are in the new one, without any figure of it.
"""
