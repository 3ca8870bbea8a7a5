/// Operations of the cases that are known to come out otherwise, as
/// `file#case.operation name`, with the reason over each group. The test fails
/// where one of them starts to pass.
let expectedFailures: Set<String> = [
    // Cases that no version of the library passes: coordinates only rounded
    // onto a line.
    "failure/robust-TestRobustRelateFloat.xml#1.1 contains",
    "failure/robust-TestRobustRelateFloat.xml#2.1 contains",
    "misc/InvalidRelates.xml#3.1 relate",
    // Written for GEOS 3.13: boundary points of collections with points and
    // lines, lines of zero length, and lines that touch their own boundary.
    "general/TestPreparedPredicatesWithGeometryCollection.xml#6.1 intersects",
    "general/TestRelateGC.xml#4.1 relate",
    "general/TestRelateGC.xml#4.2 contains",
    "general/TestRelateGC.xml#4.4 covers",
    "general/TestRelateGC.xml#4.5 crosses",
    "general/TestRelateGC.xml#5.1 relate",
    "general/TestRelateGC.xml#5.5 crosses",
    "general/TestRelateGC.xml#5.10 touches",
    "general/TestRelateGC.xml#14.1 relate",
    "general/TestRelateLL.xml#22.1 relate",
    "general/TestRelateLL.xml#22.2 contains",
    "general/TestRelateLL.xml#22.4 covers",
    "general/TestRelateLL.xml#22.5 crosses",
    "general/TestRelateLL.xml#23.1 relate",
    "general/TestRelateLL.xml#23.2 contains",
    "general/TestRelateLL.xml#23.4 covers",
    "general/TestRelateLL.xml#23.9 overlaps",
    "validate/TestRelatePL.xml#2.7 equalstopo",
    // Written for GEOS 3.12 and newer: end points of closed rings are
    // simplified too, and lines are simplified with regard to one another.
    "general/TestSimplify.xml#6.2 simplifytp",
    "general/TestSimplify.xml#12.1 simplifydp",
    "general/TestSimplify.xml#15.2 simplifytp",
    "general/TestSimplify.xml#17.2 simplifytp",
    // The model has no ring on its own: it is read as a line.
    "general/TestValid.xml#45.1 isvalid",
    // Text behind the geometry is an error here.
    "issue/issue-geos-569.xml#1.1 buffer",
    // Noded at other places than the case says, within its own tolerance.
    "issue/issue-geos-527.xml#1.1 union",
    // Buffers on a grid are not offered.
    "misc/Segfaults.xml#2.1 buffer",
    // Repairs keep the dimension of the original; the cases keep leftovers.
    "misc/makevalid.xml#4.1 makevalid",
    "misc/makevalid.xml#7.1 makevalid",
    "misc/makevalid.xml#8.1 makevalid",
    "misc/makevalid.xml#9.1 makevalid",
    "misc/makevalid.xml#14.1 makevalid",
    // The case leaves out its grid.
    "robust/overlay/TestOverlay-misc-5.xml#1.1 differencesr",
]

/// A buffer that takes the library more than a minute.
let tooSlow: Set<String> = ["failure/issue-geos-344.xml#1.1"]
