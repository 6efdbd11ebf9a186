"""A company is registered, a colleague invited, who joins and stands in for the officer."""

import re

import pytest
from django.urls import reverse

from compliance.organisations.models import Organisation
from tests.browser.going import follow
from tests.cast import credit_code, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_registering_to_standing_in(open_browser, mailoutbox):
    officer = make_user("officer@example.com", name="陈合规")
    page = open_browser(officer)
    page.goto("/assessments/")
    follow(page.get_by_role("link", name="注册企业"))
    page.get_by_label("中文名称").fill("北京新生科技有限公司")
    page.get_by_label("统一社会信用代码").fill(credit_code(4_321).lower())
    page.get_by_label("行政区划").fill("朝阳区")
    page.get_by_label("所属行业").select_option("I")
    follow(page.get_by_role("button", name="注册"))
    assert "110105 北京市朝阳区" in page.locator(".error-summary").inner_text()
    page.get_by_label("行政区划").fill("110105")
    follow(page.get_by_role("button", name="注册"))
    assert page.locator("h1").inner_text() == "北京新生科技有限公司"

    follow(page.get_by_role("link", name="成员"))
    follow(page.get_by_role("link", name="邀请成员"))
    page.get_by_label("电子邮箱").fill("colleague@example.com")
    page.get_by_label("填报人").check()
    follow(page.get_by_role("button", name="发送邀请"))
    assert page.get_by_text("邀请将发送至colleague@example.com").is_visible()

    link = re.search(r"/invitations/\S+", mailoutbox[0].body)[0]
    other = open_browser()
    other.goto(link)
    other.get_by_label("姓名").fill("林填报")
    other.get_by_label("密码").fill("a long enough secret")
    follow(other.get_by_role("button", name="加入"))
    assert other.locator("h1").inner_text() == "北京新生科技有限公司"
    assert other.get_by_role("link", name="修改信息").count() == 0

    company = Organisation.objects.get()
    page.goto(reverse("organisations:name_deputy", args=[company.pk]))
    page.get_by_label("代理人").select_option(label="林填报")
    page.get_by_label("截止日").fill(page.get_by_label("起始日").input_value())
    follow(page.get_by_role("button", name="保存"))
    other.reload()
    assert other.get_by_role("link", name="修改信息").is_visible()
