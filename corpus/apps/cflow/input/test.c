static int leaf(int x) { return x + 1; }
int middle(int x) { return leaf(x) * leaf(x + 1); }
void rec(int n) { if (n) rec(n - 1); else middle(n); }
int main(void)
{
    rec(3);
    printf("%d", middle(2));
    return 0;
}
