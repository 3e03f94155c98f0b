"""Working on several letters that have something in common."""

from playwright.sync_api import expect


def summarised(page):
    """Make the summaries of all letters that have none."""
    page.goto("/queue")
    page.locator("#first-opening-go").click()
    expect(page.locator("#first-opening-go")).to_be_hidden()


def at_group(page, count):
    page.goto("/matches")
    page.locator("#groups .matches__one", has_text=f"같은 링크가 의뢰 {count}건").locator("a").click()
    expect(page.locator("#group-rows tr")).to_have_count(count)


def tell(page, state, count):
    page.locator("#inform-state").select_option(state)
    page.locator("#inform-send").click()
    expect(page.locator("#inform-said")).to_contain_text(f"{count}건")
    expect(page.locator(f"#group-rows .state--item-{state}")).to_have_count(count)
