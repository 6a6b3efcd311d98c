//! Walking a tree without recursion, however deep it is.

use dom_query::NodeRef;

/// Coming to a node, or going from it.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

/// Visits everything under `root`, `root` included, in the order of the document. When `visit` says no to entering
/// a node, its children are passed over; each node that is entered is also left.
pub(super) fn walk<'a>(root: NodeRef<'a>, mut visit: impl FnMut(Step<'a>) -> bool) {
    let mut node = root;
    let mut depth = 0_usize;
    loop {
        if visit(Step::Enter(node))
            && let Some(child) = node.first_child()
        {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            visit(Step::Leave(node));
            if depth == 0 {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            depth -= 1;
        }
    }
}
